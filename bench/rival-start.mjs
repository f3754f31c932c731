import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { peerTubeSegments } from './rivals.mjs';

/** @typedef {import('./places.mjs').Place} Place */

/**
 * How long one ffmpeg per rendition, all at once, takes until the segments of the lowest one are there that
 * somebody looks for: from the start of the processes, in seconds.
 * @param {string} ffmpeg
 * @param {string} source
 * @param {string} directory
 * @returns {Promise<Record<Place, number>>}
 */
export async function measureRivalStart(ffmpeg, source, directory) {
  const made = mkdtempSync(join(directory, 'rival-'));
  const startedMs = performance.now();
  const seconds = () => (performance.now() - startedMs) / 1000;
  const runs = peerTubeSegments(source, made).map(({ height, args }) => {
    const child = spawn(ffmpeg, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    return { height, child, ended: once(child, 'exit').then(seconds) };
  });
  const [lowest] = runs.toSorted((a, b) => a.height - b.height);
  if (lowest === undefined) throw new Error('there is no rendition');
  const path = (/** @type {number} */ number) => join(made, `${lowest.height}-${number}.m4s`);
  /** @type {Map<number, number>} */
  const whole = new Map();
  while (lowest.child.exitCode === null) {
    // A segment is whole once the next one is begun.
    for (let number = whole.size; existsSync(path(number + 1)); number++) {
      whole.set(number, seconds());
    }
    await sleep(20);
  }
  const [end] = await Promise.all([lowest.ended, ...runs.map(({ ended }) => ended)]);
  const failed = runs.find(({ child }) => child.exitCode !== 0);
  if (failed !== undefined) throw new Error(`ffmpeg ended with ${failed.child.exitCode}`);
  const count = readdirSync(made).filter((name) => name.startsWith(`${lowest.height}-`)).length;
  const at = (/** @type {number} */ number) => whole.get(number) ?? end;
  return { beginning: at(0), middle: at(Math.floor(count / 2)), end };
}
