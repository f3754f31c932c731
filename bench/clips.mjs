import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ name: string, path: string }} Clip */

const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'];

// As much to encode as a film has: noise keeps an encoder busier than a test picture alone.
const picture = 'testsrc2=size=1920x1080:rate=24,noise=alls=9:allf=t,format=yuv420p';
const lowTone = 'sine=frequency=220:sample_rate=48000';
const highTone = 'sine=frequency=440:sample_rate=48000';

/**
 * A minute of 1080p24 H.264 with two AAC tracks, whose picture can be copied: the episode of
 * KDRAMA_TEST_MEDIA where that is set, else a made one.
 * @param {string} directory
 * @param {string} ffmpeg
 * @param {string | undefined} media
 * @returns {Clip}
 */
export function copyableClip(directory, ffmpeg, media) {
  const foreign = foreignMedia(media, 'Rain.S01E01.1080p.WEB-DL.AAC2.0.H.264-TEST.mkv');
  if (foreign !== undefined) return { name: 'Rain (H.264 1080p24, 60 s)', path: foreign };
  const path = join(directory, 'made-h264.mkv');
  make(ffmpeg, [
    ...['-t', '60', '-f', 'lavfi', '-i', picture],
    ...['-t', '60', '-f', 'lavfi', '-i', lowTone, '-t', '60', '-f', 'lavfi', '-i', highTone],
    ...['-map', '0:v', '-map', '1:a', '-map', '2:a', '-c:v', 'libx264', '-preset', 'veryfast'],
    ...['-b:v', '4M', '-g', '96', '-c:a', 'aac', '-ac', '2', path],
  ]);
  return { name: 'made (H.264 1080p24, 60 s)', path };
}

/**
 * Twenty seconds of 1080p of which every picture must be encoded, found in the same way.
 * @param {string} directory
 * @param {string} ffmpeg
 * @param {string | undefined} media
 * @returns {Clip}
 */
export function foreignClip(directory, ffmpeg, media) {
  const foreign = foreignMedia(media, '비.E02.251122.1080p-TEST.mp4');
  if (foreign !== undefined) return { name: '비 (HEVC 10 bit 1080p24, 20 s)', path: foreign };
  const path = join(directory, 'made-hevc.mkv');
  make(ffmpeg, [
    ...['-t', '20', '-f', 'lavfi', '-i', picture, '-t', '20', '-f', 'lavfi', '-i', lowTone],
    ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error'],
    ...['-pix_fmt', 'yuv420p10le', '-c:a', 'aac', '-ac', '2', path],
  ]);
  return { name: 'made (HEVC 10 bit 1080p24, 20 s)', path };
}

/**
 * The same clip three times in a row.
 * @param {string} directory
 * @param {string} ffmpeg
 * @param {Clip} clip
 * @returns {Clip}
 */
export function threefold(directory, ffmpeg, { name, path }) {
  const longer = join(directory, 'threefold.mkv');
  make(ffmpeg, ['-stream_loop', '2', '-i', path, '-map', '0', '-c', 'copy', longer]);
  return { name: `three times ${name}`, path: longer };
}

/**
 * Ten minutes of 720p24 H.264 at a constant 5 Mbit/s with AAC sound, all of which is copied.
 * @param {string} directory
 * @param {string} ffmpeg
 * @returns {string} its path
 */
export function tenMinutes(directory, ffmpeg) {
  const [once, path] = [join(directory, 'constant.mp4'), join(directory, 'ten-minutes.mp4')];
  make(ffmpeg, [
    ...['-t', '24', '-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=24,noise=alls=20:allf=t'],
    ...['-t', '24', '-f', 'lavfi', '-i', lowTone, '-pix_fmt', 'yuv420p', '-c:v', 'libx264'],
    ...['-preset', 'ultrafast', '-b:v', '5M', '-minrate', '5M', '-maxrate', '5M'],
    ...['-bufsize', '5M', '-nal-hrd', 'cbr', '-g', '144', '-keyint_min', '144'],
    ...['-sc_threshold', '0', '-c:a', 'aac', '-ac', '2', once],
  ]);
  make(ffmpeg, ['-stream_loop', '24', '-i', once, '-c', 'copy', path]);
  return path;
}

/**
 * @param {string | undefined} media
 * @param {string} name
 */
function foreignMedia(media, name) {
  const path = join(media ?? '', 'episode', name);
  return media !== undefined && existsSync(path) ? path : undefined;
}

/**
 * Half a minute of 2160p HEVC.
 * @param {string} directory
 * @param {string} ffmpeg
 * @returns {Clip}
 */
export function ultraHdClip(directory, ffmpeg) {
  const path = join(directory, 'made-2160p.mkv');
  make(ffmpeg, [
    ...['-t', '30', '-f', 'lavfi', '-i', picture.replace('1920x1080', '3840x2160')],
    ...['-t', '30', '-f', 'lavfi', '-i', lowTone, '-c:v', 'libx265', '-preset', 'ultrafast'],
    ...['-b:v', '20M', '-x265-params', 'log-level=error', '-c:a', 'aac', '-ac', '2', path],
  ]);
  return { name: 'made (HEVC 2160p24, 30 s)', path };
}

/**
 * A second of small picture, to warm a daemon up with.
 * @param {string} directory
 * @param {string} ffmpeg
 * @returns {string} its path
 */
export function shortClip(directory, ffmpeg) {
  const path = join(directory, 'short.mp4');
  make(ffmpeg, [
    ...['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=24:duration=1'],
    ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', path],
  ]);
  return path;
}

/**
 * A file of about `sizeBytes` that is a video: a short clip and a `free` box of noise after it,
 * which everyone skips (ISO/IEC 14496-12, 8.1.2).
 * @param {string} directory
 * @param {string} clip
 * @param {number} sizeBytes less than 4 GiB
 * @returns {string} its path
 */
export function largeFile(directory, clip, sizeBytes) {
  const path = join(directory, 'large.mp4');
  const noise = randomBytes(16 * 1024 * 1024);
  const blocks = Math.ceil(sizeBytes / noise.length);
  const header = Buffer.from('\0\0\0\0free', 'latin1');
  header.writeUInt32BE(header.length + blocks * noise.length);
  copyFileSync(clip, path);
  appendFileSync(path, header);
  for (let block = 0; block < blocks; block++) appendFileSync(path, noise);
  return path;
}

/**
 * @param {string} ffmpeg
 * @param {readonly string[]} args
 */
export function make(ffmpeg, args) {
  const result = spawnSync(ffmpeg, [...quiet, ...args], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`ffmpeg could not make a clip: ${result.stderr}`);
}
