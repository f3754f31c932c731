import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ name: string, path: string, seconds: number }} Clip */

const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'];

/**
 * A 1080p24 H.264 episode with two AAC tracks, whose picture can be copied: the one of
 * KDRAMA_TEST_MEDIA where that is set, else a made one with as much to encode as a film has.
 * @param {string} directory
 * @param {string} ffmpeg
 * @param {string | undefined} media
 * @returns {Clip}
 */
export function copyableClip(directory, ffmpeg, media) {
  const name = 'Rain.S01E01.1080p.WEB-DL.AAC2.0.H.264-TEST.mkv';
  const foreign = media === undefined ? undefined : join(media, 'episode', name);
  if (foreign !== undefined && existsSync(foreign)) return { name, path: foreign, seconds: 60.25 };
  const path = join(directory, 'made-h264.mkv');
  make(ffmpeg, [
    ...['-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:rate=24:duration=60,noise=alls=9:allf=t'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=220:sample_rate=48000:duration=60'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000:duration=60'],
    ...['-map', '0:v', '-map', '1:a', '-map', '2:a', '-pix_fmt', 'yuv420p'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', '4M', '-g', '96', '-c:a', 'aac'],
    ...['-ac', '2', path],
  ]);
  return { name: 'made: H.264 1080p24', path, seconds: 60 };
}

/**
 * A 1080p episode of which every picture must be encoded.
 * @param {string} directory
 * @param {string} ffmpeg
 * @param {string} source a copyable clip to make it from
 * @returns {Clip}
 */
export function foreignClip(directory, ffmpeg, source) {
  const path = join(directory, 'made-hevc.mkv');
  make(ffmpeg, [
    ...['-t', '20', '-i', source, '-map', '0:v', '-map', '0:a:0', '-pix_fmt', 'yuv420p10le'],
    ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error'],
    ...['-c:a', 'copy', path],
  ]);
  return { name: 'made: HEVC 10 bit 1080p24', path, seconds: 20 };
}

/**
 * A file of about `sizeBytes` that is a video: a second of picture and a `free` box of noise after
 * it, which everyone skips (ISO/IEC 14496-12, 8.1.2).
 * @param {string} directory
 * @param {string} ffmpeg
 * @param {number} sizeBytes less than 4 GiB
 */
export function largeFile(directory, ffmpeg, sizeBytes) {
  const path = join(directory, 'large.mp4');
  make(ffmpeg, [
    ...['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=24:duration=1'],
    ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', path],
  ]);
  const noise = randomBytes(16 * 1024 * 1024);
  const blocks = Math.ceil(sizeBytes / noise.length);
  const header = Buffer.from('\0\0\0\0free', 'latin1');
  header.writeUInt32BE(header.length + blocks * noise.length);
  appendFileSync(path, header);
  for (let block = 0; block < blocks; block++) appendFileSync(path, noise);
  return path;
}

/**
 * @param {string} ffmpeg
 * @param {readonly string[]} args
 */
function make(ffmpeg, args) {
  const result = spawnSync(ffmpeg, [...quiet, ...args], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`ffmpeg could not make a clip: ${result.stderr}`);
}
