import { statSync } from 'node:fs';
import { join } from 'node:path';
import { make } from './clips.mjs';

/**
 * @typedef {object} LongClip
 * @property {string} name
 * @property {string} path
 * @property {number} minutes
 * @property {'copied' | 'encoded' | 'other container'} kind
 * @property {number} atMost seconds until it is to be playable
 */

const lengths = [1, 20, 70];

/**
 * Episodes of 1, 20 and 70 minutes, looped without encoding: 4 GB of H.264 at the longest, and the clip of
 * which every picture must be encoded, whose index is at its end.
 * @param {string} directory
 * @param {string} ffmpeg
 * @param {{ copyable: import('./clips.mjs').Clip, foreign: import('./clips.mjs').Clip }} clips of 60 and 20 s
 * @returns {LongClip[]} the shorter of a kind before the longer
 */
export function longClips(directory, ffmpeg, { copyable, foreign }) {
  const minute = join(directory, 'minute.mkv');
  make(ffmpeg, [
    ...['-i', copyable.path, '-map', '0:v', '-map', '0:a', '-c:a', 'copy'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '8M', '-g', '120', minute],
  ]);
  const copied = lengths.map((minutes) => {
    const path = loop(ffmpeg, minute, minutes, join(directory, `long-${minutes}.mkv`));
    const name = `${minutes} min of H.264 in Matroska, ${gigabytes(path)}`;
    return /** @type {const} */ ({ name, path, minutes, kind: 'copied', atMost: 1 });
  });
  const encoded = lengths.map((minutes) => {
    const path = loop(ffmpeg, foreign.path, 3 * minutes, join(directory, `foreign-${minutes}.mp4`));
    const name = `${minutes} min of ${foreign.name}, ${gigabytes(path)}`;
    return /** @type {const} */ ({ name, path, minutes, kind: 'encoded', atMost: 3 });
  });
  const others = [
    { what: 'H.264 in MP4', path: remuxed(ffmpeg, copied, join(directory, 'long.mp4')), atMost: 1 },
    {
      what: 'HEVC in Matroska',
      // Not from the MP4: a loop of it has a wrong frame rate in its header, and Matroska would keep that.
      path: loop(ffmpeg, foreign.path, 210, join(directory, 'foreign.mkv')),
      atMost: 3,
    },
  ].map(({ what, path, atMost }) => {
    const name = `70 min of ${what}, ${gigabytes(path)}`;
    return /** @type {const} */ ({ name, path, minutes: 70, kind: 'other container', atMost });
  });
  return [...copied, ...encoded, ...others];
}

/**
 * The longest in another container.
 * @param {string} ffmpeg
 * @param {{ path: string }[]} clips
 * @param {string} path
 * @returns {string} path
 */
function remuxed(ffmpeg, clips, path) {
  make(ffmpeg, ['-i', clips.at(-1)?.path ?? '', '-map', '0', '-c', 'copy', path]);
  return path;
}

/** @param {string} path */
function gigabytes(path) {
  return `${(statSync(path).size / 1e9).toFixed(2)} GB`;
}

/**
 * @param {string} ffmpeg
 * @param {string} clip
 * @param {number} times
 * @param {string} path
 * @returns {string} path
 */
function loop(ffmpeg, clip, times, path) {
  const tracks = ['-map', '0:v', '-map', '0:a', '-c', 'copy'];
  make(ffmpeg, ['-stream_loop', String(times - 1), '-i', clip, ...tracks, path]);
  return path;
}
