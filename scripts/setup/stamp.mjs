import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * A hash over the names and bytes of files and of everything below directories, for telling whether
 * something made from them is stale. `extra` is hashed too; what is absent counts as empty.
 * @param {readonly string[]} paths relative to the checkout
 * @param {string} [extra]
 * @returns {string}
 */
export function hashOf(paths, extra = '') {
  const hash = createHash('sha256').update(extra);
  for (const path of paths.flatMap(filesBelow)) {
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [path];
  return readdirSync(absolute)
    .toSorted()
    .flatMap((name) => filesBelow(join(path, name)));
}

/**
 * @param {string} file the stamp, relative to the checkout
 * @param {string} hash
 */
export function isStamped(file, hash) {
  const path = join(root, file);
  return existsSync(path) && readFileSync(path, 'utf8') === hash;
}

/**
 * Written last: a set-up that was stopped half-way leaves no stamp behind.
 * @param {string} file
 * @param {string} hash
 */
export function writeStamp(file, hash) {
  writeFileSync(join(root, file), hash);
}
