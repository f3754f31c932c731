import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import { identityOf } from '../uploads/identity.js';
import { isWithin } from './overlap.js';
import { heldNames, isOpenFolder, kindOfName } from './names.js';
import type { Look } from './look.js';

/** So many names are looked at together. */
const atOnce = 32;

/**
 * Looks at everything of interest in a folder and the folders in it. Links are not followed, and what lies in `except` (absolute) is passed over. Rejects only where the folder itself
 * cannot be read.
 */
export async function* walk(
  root: string,
  except: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Look> {
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    signal.throwIfAborted();
    const entries = await entriesOf(root, folder);
    if (!Array.isArray(entries)) {
      yield entries;
      continue;
    }
    const below = entries.filter((entry) => entry.isDirectory() && isOpenFolder(entry.name));
    const open = below.map(({ name }) => join(folder, name));
    folders.push(...open.filter((path) => !except.some((own) => isWithin(join(root, path), own))));
    yield* looksAt(root, folder, entries);
  }
}

async function* looksAt(
  root: string,
  folder: string,
  entries: readonly Dirent[],
): AsyncGenerator<Look> {
  const held = heldNames(entries.map(({ name }) => name));
  const named = entries.filter(
    (entry) => !entry.isDirectory() && !held.has(entry.name) && kindOfName(entry.name),
  );
  for (let at = 0; at < named.length; at += atOnce) {
    const some = named.slice(at, at + atOnce);
    const looks = await Promise.all(some.map(({ name }) => lookAt(root, join(folder, name))));
    yield* looks.filter((look) => look !== undefined);
  }
}

async function entriesOf(root: string, folder: string): Promise<Dirent[] | Look> {
  try {
    return await readdir(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (folder === '') throw error;
    return unusable(folder, null, `the folder ${folder} (${codeOf(error)})`);
  }
}

/** undefined: it is gone, or of no interest. */
export async function lookAt(root: string, path: string): Promise<Look | undefined> {
  const kind = kindOfName(path.slice(path.lastIndexOf('/') + 1));
  if (kind === undefined) return undefined;
  let stats: Stats;
  try {
    stats = await lstat(join(root, path));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return unusable(path, null, `${path} (${codeOf(error)})`);
    // Bytes that are no UTF-8 were replaced: what is named so is not there.
    return path.includes('\ufffd') ? unusable(path, null, `${path}: no UTF-8 name`) : undefined;
  }
  const identity = identityOf(stats);
  if (stats.isFile()) return { kind, path, identity };
  if (kind === 'sidecar' || stats.isDirectory()) return undefined;
  const what = stats.isSymbolicLink() ? 'a link, which is not followed' : 'no regular file';
  return unusable(path, identity, `${path} is ${what}`);
}

function unusable(
  path: string,
  identity: ReturnType<typeof identityOf> | null,
  detail: string,
): Look {
  const { code, message } = new KdramaError('FILE_UNREADABLE', detail);
  return { kind: 'unusable', path, identity, error: { code, message } };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
