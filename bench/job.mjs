import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { cpuSeconds } from './cpu.mjs';

/** @typedef {import('./timed-run.mjs').Cost & { playable: number }} JobCost in seconds */

/**
 * What one episode costs a daemon that has done one job before (it looks for its ffmpeg once), from the last byte to ready: CPU of the daemon and all its
 * children, wall time, and the time until it is playable (picture and sound).
 * @param {string} file
 * @param {string} warmUp another, short one
 * @returns {Promise<JobCost>}
 */
export async function measureJob(file, warmUp) {
  const daemon = new OwnDaemon();
  try {
    await daemon.start();
    await daemon.read(['upload', '--wait=ready', '--quiet', warmUp]);
    const { pid } = /** @type {import('../src/shared/contract/index.js').Health} */ (
      await daemon.json('/health')
    );
    const before = totalOf(cpuSeconds(pid));
    await daemon.read(['upload', '--wait=ready', '--quiet', file]);
    const cpu = totalOf(cpuSeconds(pid)) - before;
    const { jobs } = /** @type {import('../src/shared/contract/index.js').JobList} */ (
      await daemon.json('/api/v1/jobs')
    );
    return { cpu, ...timesOf(jobs[0]) };
  } finally {
    await daemon.remove();
  }
}

/** @param {{ own: number, children: number }} cpu */
function totalOf(cpu) {
  return cpu.own + cpu.children;
}

/** @param {import('../src/shared/contract/index.js').JobView | undefined} job */
function timesOf(job) {
  const since = (/** @type {string | null | undefined} */ at) =>
    (Date.parse(at ?? '') - Date.parse(job?.createdAt ?? '')) / 1000;
  return { wall: since(job?.completedAt), playable: since(job?.playableAt) };
}
