import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { root } from '../scripts/setup/root.mjs';
import { fillLibrary } from './full-library.mjs';
import { median } from './median.mjs';

const usualRuns = 21;
const runsOfList = 5;
const listed = 10_000;
const kdrama = join(root, 'bin/kdrama');
/** A Node that does nothing, or writes one letter: nothing written for Node can be faster. */
const nothing = ['-e', '0'];
const letter = ['-e', 'process.stderr.write("x")'];

/**
 * What a person waits for at the prompt, against a bare Node, one after the other: `kdrama status`, the
 * first sign of `kdrama upload` on a terminal, and `kdrama list` of a big library.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureCommandLine({ short }) {
  const daemon = new OwnDaemon();
  try {
    await fillLibrary(`${daemon.directory}/kdrama.db`, listed);
    await daemon.start();
    const file = short();
    await daemon.read(['upload', '--wait=ready', '--quiet', file]);
    const env = daemon.env;
    return [
      await against({
        what: 'kdrama status / node -e 0',
        ours: () => wallMs([kdrama, 'status'], env),
        bare: () => wallMs(nothing, env),
        runs: usualRuns,
        atMost: 1.7,
      }),
      await against({
        what: 'first sign of kdrama upload on a terminal / of node that writes a letter',
        ours: () => firstSignMs([kdrama, 'upload', file], env),
        bare: () => firstSignMs(letter, env),
        runs: usualRuns,
        atMost: 3,
      }),
      await against({
        what: `kdrama list of ${listed.toLocaleString('en')} videos / node -e 0`,
        ours: () => wallMs([kdrama, 'list'], env),
        bare: () => wallMs(nothing, env),
        runs: runsOfList,
        atMost: 25,
      }),
    ];
  } finally {
    await daemon.remove();
  }
}

/**
 * @typedef {object} Comparison
 * @property {string} what
 * @property {() => number | Promise<number>} ours milliseconds
 * @property {() => number | Promise<number>} bare milliseconds
 * @property {number} runs
 * @property {number} atMost
 */

/**
 * @param {Comparison} comparison
 * @returns {Promise<import('./table.mjs').Measurement>}
 */
async function against({ what, ours, bare, runs, atMost }) {
  /** @type {number[]} */
  const oursMs = [];
  /** @type {number[]} */
  const bareMs = [];
  for (let run = 0; run < runs; run++) {
    bareMs.push(await bare());
    oursMs.push(await ours());
  }
  return {
    what,
    detail: `${median(oursMs).toFixed(0)} ms / ${median(bareMs).toFixed(0)} ms`,
    value: median(oursMs) / median(bareMs),
    atMost,
  };
}

/**
 * @param {readonly string[]} args of Node
 * @param {NodeJS.ProcessEnv} env
 */
function wallMs(args, env) {
  const startedMs = performance.now();
  const { status } = spawnSync(process.execPath, args, { env, stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with exit code ${status}`);
  return performance.now() - startedMs;
}

/**
 * Until the first letter is on a terminal, which script(1) of util-linux provides.
 * @param {readonly string[]} args of Node
 * @param {NodeJS.ProcessEnv} env
 */
async function firstSignMs(args, env) {
  const command = [process.execPath, ...args].map(quoted).join(' ');
  const startedMs = performance.now();
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    env: { ...env, TERM: 'xterm' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const elapsedMs = performance.now() - startedMs;
  child.stdout.resume();
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`${command} ended with exit code ${child.exitCode}`);
  return elapsedMs;
}

/** @param {string} word */
function quoted(word) {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
