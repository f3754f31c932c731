/**
 * `npm run demo [-- FILE] [--keep]`: the main job, from an episode to one that plays, through the
 * public command line and API only. Exits with 0 only when every byte of it was fetched and checked.
 */
import { resolve } from 'node:path';
import { OwnDaemon } from './own-daemon.mjs';
import { countFrames } from './demo/frames.mjs';
import { makeSample } from './demo/sample.mjs';
import { tableOf } from './demo/table.mjs';
import { say } from './setup/run-command.mjs';
import { setUp } from './setup.mjs';

/** @typedef {import('../src/shared/contract/index.js').JobView} JobView */
/** @typedef {import('../src/shared/contract/index.js').VideoList} VideoList */
/** @typedef {import('../src/shared/contract/index.js').SignInCode} SignInCode */

const keep = process.argv.includes('--keep');
const given = process.argv.slice(2).find((word) => word !== '--keep');

/**
 * @param {OwnDaemon} daemon
 * @param {{ ffmpeg: string, ffprobe: string }} tools
 */
async function demonstrate(daemon, tools) {
  if (given === undefined) say('Making a sample episode of 30 seconds.');
  const file =
    given === undefined
      ? makeSample(daemon.directory, tools.ffmpeg)
      : resolve(process.env['INIT_CWD'] ?? '', given); // npm run changes the directory
  await daemon.start();
  await daemon.run(['upload', '--wait=ready', file]);
  say('Fetching and decoding every segment of every rendition.');
  // A package, so only there once set up.
  const { verifyStream } = await import('./demo/verify.mjs');
  const { video, job } = await onlyEpisode(daemon);
  const verified = await verifyStream(daemon, video.streamingUrls.hls ?? 'no address', {
    ffprobe: tools.ffprobe,
    expectedFrames: await countFrames(tools.ffprobe, file),
  });
  const rows = verified.map((rendition) => ({
    ...rendition,
    method: methodOf(job, rendition),
    seconds: rendition.durations.reduce((sum, duration) => sum + duration, 0),
  }));
  process.stdout.write(`\n${tableOf(rows)}\n\n${timesOf(job)}\n`);
}

/** @param {OwnDaemon} daemon */
async function onlyEpisode(daemon) {
  const list = /** @type {VideoList} */ (await daemon.json('/api/v1/videos'));
  const video = list.videos[0];
  if (video === undefined) throw new Error('The library is empty.');
  return { video, job: /** @type {JobView} */ (await daemon.json(`/api/v1/jobs/${video.jobId}`)) };
}

/**
 * Also holds what the daemon promised against what was fetched. Subtitles are one file, cut when
 * they are asked for.
 * @param {JobView} job
 * @param {import('./demo/verify.mjs').Verified} fetched
 */
function methodOf(job, { name, kind, segments }) {
  const promised = job.renditions.find((rendition) => rendition.name === name);
  if (promised === undefined || (kind !== 'subtitle' && promised.segments !== segments)) {
    throw new Error(`${name}: expected ${promised?.segments} segments, fetched ${segments}`);
  }
  return promised.method;
}

/** @param {JobView} job */
function timesOf(job) {
  const since = (/** @type {string | null} */ at) =>
    ((Date.parse(at ?? '') - Date.parse(job.createdAt)) / 1000).toFixed(2);
  return `last byte → playable ${since(job.playableAt)} s, → ready ${since(job.completedAt)} s`;
}

/** @param {OwnDaemon} daemon */
async function showAddress(daemon) {
  if (!keep) return say('"npm run demo -- --keep" leaves it serving, and says where to watch.');
  const { url } = /** @type {SignInCode} */ (await daemon.json('/api/v1/auth/codes', 'POST'));
  process.stdout.write(`watch at ${url}\n`);
  say('Ctrl-C ends it.');
  const alive = setInterval(() => undefined, 60_000); // listening for signals alone keeps no process
  await new Promise((end) => process.once('SIGINT', end).once('SIGTERM', end));
  clearInterval(alive);
}

async function main() {
  const { tools } = await setUp();
  const daemon = new OwnDaemon();
  const interruption = new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => reject(new Error('interrupted')));
    }
  });
  try {
    await Promise.race([demonstrate(daemon, tools), interruption]);
    await showAddress(daemon);
  } catch (error) {
    daemon.logTail().forEach(say);
    throw error;
  } finally {
    await daemon.remove();
  }
}

try {
  await main();
} catch (error) {
  say(`The demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
