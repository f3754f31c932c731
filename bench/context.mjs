import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyableClip, foreignClip, shortClip } from './clips.mjs';

/**
 * What every measurement works with. Clips are made when they are first asked for.
 * @typedef {object} Context
 * @property {string} directory removed in the end
 * @property {string} ffmpeg
 * @property {number} rounds interleaved; medians are shown
 * @property {() => import('./clips.mjs').Clip} copyable its picture can be copied
 * @property {() => import('./clips.mjs').Clip} foreign its picture must be encoded
 * @property {() => string} short the path of one to warm a daemon up with
 */

/**
 * @param {string} ffmpeg
 * @param {NodeJS.ProcessEnv} env KDRAMA_TEST_MEDIA, KDRAMA_BENCH_ROUNDS (3 when not set)
 * @returns {Context}
 */
export function makeContext(ffmpeg, env) {
  const directory = mkdtempSync(join(tmpdir(), 'kdrama-bench-'));
  const media = env['KDRAMA_TEST_MEDIA'];
  return {
    directory,
    ffmpeg,
    rounds: Number(env['KDRAMA_BENCH_ROUNDS'] ?? 3),
    copyable: once(() => copyableClip(directory, ffmpeg, media)),
    short: once(() => shortClip(directory, ffmpeg)),
    foreign: once(() => foreignClip(directory, ffmpeg, media)),
  };
}

/**
 * @template T
 * @param {() => T} make
 * @returns {() => T}
 */
function once(make) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
}
