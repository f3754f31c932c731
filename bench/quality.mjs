import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fetchRendition } from '../scripts/demo/fetch-rendition.mjs';
import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { threefold } from './clips.mjs';
import { measureJob } from './job.mjs';
import { median } from './median.mjs';
import { peerTubeCommands, peerTubePicture } from './rivals.mjs';
import { timedRun } from './timed-run.mjs';

/** @typedef {{ bytes: number, ssim: number }} Quality of a picture without its sound */

/** Around x264's own default, which is PeerTube's. */
const qualities = [19, 21, 23, 25, 27];

/**
 * Of a source that must be encoded: the bytes of our ladder against PeerTube's settings at the same SSIM,
 * and the CPU of the whole job against one ffmpeg per rendition with its arguments.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureQuality({ foreign, short, directory, ffmpeg, rounds }) {
  const clip = foreign();
  const rows = [];
  for (const { height, path } of await ladderOf(clip.path, directory)) {
    const ours = qualityOf(ffmpeg, path, clip.path, height);
    const theirs = qualities.map((crf) => {
      const made = join(directory, `peertube-${height}-${crf}.mp4`);
      run(ffmpeg, [...peerTubePicture(clip.path, height), '-crf', String(crf), made]);
      return qualityOf(ffmpeg, made, clip.path, height);
    });
    const bytes = bytesAt(theirs, ours.ssim);
    rows.push({
      what: `bytes at equal SSIM / PeerTube's settings: ${height}p of ${clip.name}`,
      detail: `${kilobytes(ours.bytes)} / ${kilobytes(bytes)} at SSIM ${ours.ssim.toFixed(4)}`,
      value: ours.bytes / bytes,
      atMost: 1.02,
    });
  }
  const minute = threefold(directory, ffmpeg, clip);
  return [...rows, await measureCpu({ clip: minute, short, directory, ffmpeg, rounds })];
}

/**
 * Of a minute: what a job costs once, whatever its length, is less of an episode than of twenty seconds.
 * @param {Pick<import('./context.mjs').Context, 'short' | 'directory' | 'ffmpeg' | 'rounds'> & { clip: import('./clips.mjs').Clip }} parts
 */
async function measureCpu({ clip, short, directory, ffmpeg, rounds }) {
  const ours = [];
  const theirs = [];
  for (let round = 0; round < rounds; round++) {
    ours.push((await measureJob(clip.path, short())).cpu);
    let cpu = 0;
    for (const command of peerTubeCommands(clip.path, directory)) {
      cpu += (await timedRun(ffmpeg, command)).cpu;
    }
    theirs.push(cpu);
  }
  return {
    what: `CPU of a whole job / one ffmpeg per rendition, PeerTube's arguments: ${clip.name}`,
    detail: `${median(ours).toFixed(1)} s / ${median(theirs).toFixed(1)} s`,
    value: median(ours) / median(theirs),
    atMost: 0.75,
  };
}

/**
 * The pictures that a daemon makes, each as one file.
 * @param {string} source
 * @param {string} directory
 */
async function ladderOf(source, directory) {
  const daemon = new OwnDaemon();
  try {
    await daemon.start();
    const id = (await daemon.read(['upload', '--wait=ready', '--quiet', source])).trim();
    const video = /** @type {import('../src/shared/contract/index.js').VideoView} */ (
      await daemon.json(`/api/v1/videos/${id}`)
    );
    const master = video.streamingUrls.hls ?? '';
    const text = await (await daemon.fetch(master)).text();
    const pictures = [];
    for (const [, height, uri] of text.matchAll(/RESOLUTION=\d+x(\d+)[^\n]*\n([^#\n]+)/g)) {
      const path = join(directory, `kdrama-${height}.mp4`);
      const playlist = new URL(uri ?? '', new URL(master, 'http://daemon')).pathname;
      await fetchRendition(daemon, playlist, path);
      pictures.push({ height: Number(height), path });
    }
    return pictures;
  } finally {
    await daemon.remove();
  }
}

/**
 * @param {string} ffmpeg
 * @param {string} made
 * @param {string} source
 * @param {number} height
 * @returns {Quality}
 */
function qualityOf(ffmpeg, made, source, height) {
  const scaled = `[1:v]scale=-2:${height}:flags=bicubic,format=yuv420p,settb=1/90000[s]`;
  const graph = `${scaled};[0:v]settb=1/90000[m];[m][s]ssim`;
  const said = run(ffmpeg, ['-i', made, '-i', source, '-lavfi', graph, '-f', 'null', '-']);
  return { bytes: statSync(made).size, ssim: Number(/All:([\d.]+)/.exec(said)?.[1]) };
}

/**
 * Between the two measured qualities around it, on a logarithmic scale.
 * @param {readonly Quality[]} measured
 * @param {number} ssim
 */
export function bytesAt(measured, ssim) {
  const sorted = measured.toSorted((a, b) => a.ssim - b.ssim);
  const above = Math.min(
    Math.max(
      1,
      sorted.findIndex((each) => each.ssim >= ssim),
    ),
    sorted.length - 1,
  );
  const [low, high] = [sorted[above - 1], sorted[above]];
  if (low === undefined || high === undefined) throw new Error('too few qualities');
  const share = (ssim - low.ssim) / (high.ssim - low.ssim);
  return low.bytes * (high.bytes / low.bytes) ** share;
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {string} what it said
 */
function run(command, args) {
  const { status, stderr } = spawnSync(command, ['-nostdin', '-y', ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with exit code ${status}: ${stderr}`);
  return stderr;
}
