import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';
import { runCommand, say } from './run-command.mjs';
import { hashOf, isStamped, writeStamp } from './stamp.mjs';

const stamp = 'dist/.built';
const inputs = [
  'src',
  'scripts/build-cli.mjs',
  'scripts/build-web.mjs',
  'tsconfig.base.json',
  'tsconfig.json',
  'package-lock.json',
];

/** Builds unless dist/ was made from the very same sources. Throws when a step fails. */
export async function buildIfStale() {
  if (isStamped(stamp, hashOf(inputs))) return;
  say('Building.');
  await runBuild();
}

/**
 * A module of the built program.
 * @param {string} module relative to dist/
 * @returns {Promise<unknown>}
 */
export function built(module) {
  return import(pathToFileURL(join(root, 'dist', module)).href);
}

/** Compiles the program, bundles the pages, removes what no source makes any more. */
export async function runBuild() {
  const wanted = hashOf(inputs);
  const startedMs = Date.now();
  await step(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);
  await step(['scripts/build-cli.mjs']);
  await step(['scripts/build-web.mjs']);
  removeOlderThan(join(root, 'dist'), startedMs);
  writeStamp(stamp, wanted);
}

/** @param {readonly string[]} args */
async function step(args) {
  const code = await runCommand(process.execPath, args, { cwd: root });
  if (code !== 0) throw new Error(`node ${args.join(' ')} failed with exit code ${code}`);
}

/**
 * Every build writes every file, so what is older has lost its source.
 * @param {string} directory
 * @param {number} startedMs
 */
function removeOlderThan(directory, startedMs) {
  for (const name of existsSync(directory) ? readdirSync(directory) : []) {
    const path = join(directory, name);
    const facts = statSync(path);
    if (facts.isDirectory()) removeOlderThan(path, startedMs);
    // Some file systems keep whole seconds only.
    else if (facts.mtimeMs < startedMs - 1000) rmSync(path);
  }
}
