import { setTimeout as sleep } from 'node:timers/promises';
import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { threefold } from './clips.mjs';
import { median } from './median.mjs';

/** @typedef {import('../src/shared/contract/index.js').JobView} JobView */
/** @typedef {{ atMs: number, estimatedMs: number }} Look when it was asked, and what was promised */

const everyMs = 250;

/**
 * How far the promised end of a job is from its real end, from the half-way point on.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureEstimate({ copyable, foreign, short, directory, ffmpeg, rounds }) {
  const results = [];
  // In 20 s of video the starts of ffmpeg are half of all work, which no episode has.
  for (const clip of [copyable(), threefold(directory, ffmpeg, foreign())]) {
    /** @type {number[]} */
    const errors = [];
    for (let round = 0; round < rounds; round++) {
      errors.push(await worstError(clip.path, short()));
    }
    results.push({
      what: `error of the expected end from half-way on / what was left then: ${clip.name}`,
      detail: `worst of each job: ${errors.map((error) => error.toFixed(2)).join(', ')}`,
      value: median(errors),
      atMost: 0.2,
    });
  }
  return results;
}

/**
 * @param {string} file
 * @param {string} warmUp another, short one
 */
async function worstError(file, warmUp) {
  const daemon = new OwnDaemon();
  try {
    await daemon.start();
    await daemon.read(['upload', '--wait=ready', '--quiet', warmUp]);
    const videoId = (await daemon.read(['upload', '--wait=playable', '--quiet', file])).trim();
    return errorFromHalfWay(await watch(daemon, videoId));
  } finally {
    await daemon.remove();
  }
}

/**
 * @param {OwnDaemon} daemon
 * @param {string} id
 */
async function watch(daemon, id) {
  /** @type {Look[]} */
  const looks = [];
  for (;;) {
    const job = /** @type {JobView} */ (await daemon.json(`/api/v1/jobs/${id}`));
    if (job.completedAt !== null) return { job, looks };
    // No promise at all is parsed to NaN, which is as wrong as can be.
    looks.push({ atMs: Date.now(), estimatedMs: Date.parse(job.estimatedCompletion ?? '') });
    await sleep(everyMs);
  }
}

/**
 * |promised end - real end| / (real end - half-way), the worst of all answers after the moment
 * half-way between start and end; Infinity for one without a promise.
 * @param {{ job: JobView, looks: readonly Look[] }} watched
 */
function errorFromHalfWay({ job, looks }) {
  const startMs = Date.parse(job.startTime ?? '');
  const endMs = Date.parse(job.completedAt ?? '');
  const halfMs = (startMs + endMs) / 2;
  const errors = looks
    .filter(({ atMs }) => atMs >= halfMs)
    .map(({ estimatedMs }) => Math.abs(estimatedMs - endMs) / (endMs - halfMs));
  return Math.max(...errors.map((error) => (Number.isNaN(error) ? Infinity : error)));
}
