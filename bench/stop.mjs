import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { median } from './median.mjs';

/** @typedef {import('../src/shared/contract/index.js').Health} Health */

/**
 * How soon a job that is paused, and one that is cancelled, has no process any more.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureStop({ foreign, short, rounds }) {
  /** @type {number[]} */
  const paused = [];
  /** @type {number[]} */
  const cancelled = [];
  for (let round = 0; round < rounds; round++) {
    const daemon = new OwnDaemon();
    try {
      await daemon.start();
      await daemon.read(['upload', '--wait=ready', '--quiet', short()]);
      const { pid } = /** @type {Health} */ (await daemon.json('/health'));
      const id = (await daemon.read(['upload', '--wait=playable', '-q', foreign().path])).trim();
      paused.push(await secondsUntilGone(daemon, pid, `/api/v1/jobs/${id}/pause`, 'POST'));
      await daemon.json(`/api/v1/jobs/${id}/resume`, 'POST');
      cancelled.push(await secondsUntilGone(daemon, pid, `/api/v1/jobs/${id}`, 'DELETE'));
    } finally {
      await daemon.remove();
    }
  }
  const [detail, what] = ['seconds', '→ no ffmpeg runs'];
  return [
    { what: `pause of a job that encodes ${what}`, detail, value: median(paused), atMost: 1 },
    { what: `cancel of one ${what}`, detail, value: median(cancelled), atMost: 2 },
  ];
}

/**
 * @param {OwnDaemon} daemon
 * @param {number} pid its
 * @param {string} path what stops the job
 * @param {string} method
 */
async function secondsUntilGone(daemon, pid, path, method) {
  while (ffmpegsOf(pid) === 0) await sleep(5);
  const startedMs = performance.now();
  await daemon.json(path, method);
  while (ffmpegsOf(pid) > 0) await sleep(5);
  return (performance.now() - startedMs) / 1000;
}

/**
 * How many ffmpegs a process has started that have not ended. From proc(5), so on Linux only.
 * @param {number} parent
 */
function ffmpegsOf(parent) {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [state, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return stat.includes('(ffmpeg)') && Number(ppid) === parent && state !== 'Z';
    } catch {
      return false; // ended between
    }
  }).length;
}
