import { statSync } from 'node:fs';
import { join } from 'node:path';
import { make } from './clips.mjs';

/**
 * Seventy minutes of an episode, looped without encoding: 4 GB of H.264 in Matroska and in MP4, and the
 * clip of which every picture must be encoded.
 * @param {string} directory
 * @param {string} ffmpeg
 * @param {{ copyable: import('./clips.mjs').Clip, foreign: import('./clips.mjs').Clip }} clips of 60 and 20 s
 * @returns {{ name: string, path: string, atMost: number }[]}
 */
export function longClips(directory, ffmpeg, { copyable, foreign }) {
  const [minute, mkv] = [join(directory, 'minute.mkv'), join(directory, 'long.mkv')];
  const [mp4, other] = [join(directory, 'long.mp4'), join(directory, 'long-foreign.mp4')];
  make(ffmpeg, [
    ...['-i', copyable.path, '-map', '0:v', '-map', '0:a', '-c:a', 'copy'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '8M', '-g', '120', minute],
  ]);
  loop(ffmpeg, minute, 69, mkv);
  make(ffmpeg, ['-i', mkv, '-map', '0', '-c', 'copy', mp4]);
  loop(ffmpeg, foreign.path, 209, other);
  const looped = `70 minutes of ${foreign.name}`;
  return [
    { name: `70 minutes of H.264 in Matroska, ${gigabytes(mkv)}`, path: mkv, atMost: 1 },
    { name: `70 minutes of H.264 in MP4, ${gigabytes(mp4)}`, path: mp4, atMost: 1 },
    { name: `${looped}, ${gigabytes(other)}`, path: other, atMost: 3 },
  ];
}

/** @param {string} path */
function gigabytes(path) {
  return `${(statSync(path).size / 1e9).toFixed(1)} GB`;
}

/**
 * @param {string} ffmpeg
 * @param {string} clip
 * @param {number} times more than once
 * @param {string} path
 */
function loop(ffmpeg, clip, times, path) {
  make(ffmpeg, [
    '-stream_loop',
    String(times),
    '-i',
    clip,
    '-map',
    '0:v',
    '-map',
    '0:a',
    '-c',
    'copy',
    path,
  ]);
}
