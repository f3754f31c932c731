import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get, Agent } from 'node:http';
import { fileURLToPath } from 'node:url';
import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { cpuSeconds } from './cpu.mjs';
import { median } from './median.mjs';

const listeners = 200;
const path = fileURLToPath(import.meta.url);

/** @typedef {{ cpu: number, wall: number }} Cost both in seconds */

/**
 * CPU that the daemon itself (not its ffmpegs) uses more for one job while 200 clients follow
 * /events, as a share of one core.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureListeners({ copyable, short, rounds }) {
  const clip = copyable();
  /** @type {Cost[]} */
  const alone = [];
  /** @type {Cost[]} */
  const followed = [];
  for (let round = 0; round < rounds; round++) {
    alone.push(await costOf(clip.path, short(), 0));
    followed.push(await costOf(clip.path, short(), listeners));
  }
  const wall = median(followed.map((cost) => cost.wall));
  return [
    {
      what: `share of a core that ${listeners} listeners to /events cost during a job: ${clip.name}`,
      detail: `(${cpuOf(followed).toFixed(2)} s - ${cpuOf(alone).toFixed(2)} s) / ${wall.toFixed(1)} s`,
      value: (cpuOf(followed) - cpuOf(alone)) / wall,
      atMost: 0.05,
    },
  ];
}

/** @param {readonly Cost[]} costs */
function cpuOf(costs) {
  return median(costs.map((cost) => cost.cpu));
}

/**
 * @param {string} file
 * @param {string} warmUp
 * @param {number} count
 * @returns {Promise<Cost>}
 */
async function costOf(file, warmUp, count) {
  const daemon = new OwnDaemon();
  daemon.env['KDRAMA_REQUESTS_PER_MINUTE'] = '100000000';
  try {
    await daemon.start();
    await daemon.read(['upload', '--wait=ready', '--quiet', warmUp]);
    const { pid } = /** @type {{ pid: number }} */ (await daemon.json('/health'));
    const stop = await listen(daemon.target('/api/v1/events'), count);
    const [before, startedMs] = [cpuSeconds(pid).own, performance.now()];
    await daemon.read(['upload', '--wait=ready', '--quiet', file]);
    const cost = {
      cpu: cpuSeconds(pid).own - before,
      wall: (performance.now() - startedMs) / 1000,
    };
    await stop();
    return cost;
  } finally {
    await daemon.remove();
  }
}

/**
 * Resolves when all of them listen, with how to end them.
 * @param {{ url: string, headers: Record<string, string> }} target
 * @param {number} count
 */
async function listen(target, count) {
  if (count === 0) return async () => {};
  const child = spawn(process.execPath, [path, JSON.stringify({ ...target, count })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
}

/** @param {{ url: string, headers: Record<string, string>, count: number }} target */
async function openAll({ url, headers, count }) {
  const agent = new Agent({ maxSockets: Infinity });
  const opened = Array.from({ length: count }, async () => {
    const answered = await once(get(url, { headers, agent }), 'response');
    const response = /** @type {import('node:http').IncomingMessage} */ (answered[0]);
    if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode}`);
    response.resume();
  });
  await Promise.all(opened);
}

if (process.argv[1] === path) {
  await openAll(/** @type {Parameters<typeof openAll>[0]} */ (JSON.parse(process.argv[2] ?? '')));
  console.log('listening');
}
