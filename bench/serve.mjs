import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../scripts/setup/run-command.mjs';
import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { tenMinutes } from './clips.mjs';
import { cpuSeconds } from './cpu.mjs';
import { median } from './median.mjs';
import { fetchSegments } from './segment-client.mjs';
import { hurry } from './wrk.mjs';
import { isInstalled, startNginx, startVarnish } from './web-servers.mjs';

const [serverCore, clientCore] = ['0', '1'];
const connections = 16;
/** So many segments are hot: 30 MB. */
const hotCount = 8;
const players = 500;
const playing = { segmentSeconds: 6, bufferSeconds: 12 };

/** @typedef {import('./segment-client.mjs').Fetched & { cpu: number }} Run CPU seconds of the server */
/** @typedef {Record<string, Run[]>} Runs by the name of the server */
/** @typedef {{ origin: string, pid: number, paths: readonly string[] }} Served */

/**
 * Segments of 6 s at 5 Mbit/s, each server on one core and all clients on another: hot ones, cold ones,
 * and 500 players of one episode.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureServe({ directory, ffmpeg, rounds }) {
  const missing = ['nginx', 'wrk', 'taskset'].filter((program) => !isInstalled(program));
  if (missing.length > 0) {
    say(`Left out: ${missing.join(', ')} not installed.`);
    return [];
  }
  const daemon = new OwnDaemon();
  daemon.env['KDRAMA_REQUESTS_PER_MINUTE'] = '100000000';
  daemon.env['KDRAMA_LADDER'] = 'copy';
  /** @type {(() => Promise<void>)[]} */
  const stops = [() => daemon.remove()];
  try {
    await daemon.start();
    const { ours, folder } = await servedEpisode(daemon, tenMinutes(directory, ffmpeg));
    const files = ours.paths.map((path) => path.split('/').at(-1) ?? '');
    const paths = files.map((file) => `/${file}`);
    const bare = await startNginx(join(directory, 'nginx'), folder, serverCore);
    stops.push(() => bare.stop());
    const nginx = { ...bare, paths };
    /** @type {Record<string, Served>} */
    const servers = { ours, nginx };
    if (isInstalled('varnishd')) {
      const memory = await startVarnish(join(directory, 'varnish'), bare.origin, serverCore);
      stops.push(() => memory.stop());
      servers['varnish'] = { ...memory, paths };
    }
    const watched = await fetchFrom(ours, { connections: players, seconds: 30, playing });
    const hot = await inTurn(rounds, servers, async (server) => {
      const few = { ...server, paths: server.paths.slice(0, hotCount) };
      await fetchFrom(few, { connections });
      return costed(few, () =>
        hurry(few, { connections, seconds: 3, directory, core: clientCore }),
      );
    });
    const cold = await inTurn(rounds, { ours, nginx }, (server) => {
      for (const file of files) dropFromPageCache(join(folder, file));
      return fetchFrom(server, { connections });
    });
    return [
      compared('hot segments, bytes a second / nginx with sendfile', hot, 1.2),
      compared('cold segments, bytes a second / nginx with sendfile', cold, 0.5),
      ofPlayers(watched),
      ofMemory(ours.pid),
    ];
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

/**
 * An episode whose picture is copied, served by a daemon on one core.
 * @param {OwnDaemon} daemon
 * @param {string} clip
 * @returns {Promise<{ ours: Served, folder: string }>} and where its segments lie
 */
async function servedEpisode(daemon, clip) {
  const id = (await daemon.read(['upload', '--wait=ready', '--quiet', clip])).trim();
  const { pid } = /** @type {{ pid: number }} */ (await daemon.json('/health'));
  execFileSync('taskset', ['-a', '-c', '-p', serverCore, String(pid)], { stdio: 'ignore' });
  const master = new URL((await daemon.read(['open', '--url', id])).trim());
  const uri = (await (await fetch(master)).text()).match(/^[^#\n]+$/m)?.[0] ?? '';
  const playlist = new URL(uri, master);
  const segments = (await (await fetch(playlist)).text()).match(/^[^#\n]+$/gm) ?? [];
  const [planId = '', name = '', version = ''] = uri.split('/');
  return {
    ours: {
      ...{ origin: master.origin, pid },
      paths: segments.map((segment) => new URL(segment, playlist).pathname),
    },
    folder: join(daemon.directory, 'media/videos', id, planId, `${name}-${version}`),
  };
}

/**
 * @param {number} rounds
 * @param {Record<string, Served>} servers
 * @param {(server: Served) => Promise<Run>} measure
 * @returns {Promise<Runs>}
 */
async function inTurn(rounds, servers, measure) {
  /** @type {Runs} */
  const runs = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, server] of Object.entries(servers)) {
      (runs[name] ??= []).push(await measure(server));
    }
  }
  return runs;
}

/**
 * @param {Served} server
 * @param {Omit<import('./segment-client.mjs').Fetching, 'origin' | 'paths'>} how
 * @returns {Promise<Run>}
 */
function fetchFrom(server, how) {
  const { origin, paths } = server;
  return costed(server, () => fetchSegments({ origin, paths, ...how }, clientCore));
}

/**
 * @param {Served} server
 * @param {() => Promise<import('./segment-client.mjs').Fetched>} fetching
 * @returns {Promise<Run>}
 */
async function costed({ pid }, fetching) {
  const pids = [pid, ...childrenOf(pid)];
  const used = () => pids.reduce((sum, each) => sum + cpuSeconds(each).own, 0);
  const before = used();
  const fetched = await fetching();
  return { ...fetched, cpu: used() - before };
}

/**
 * Where a server is a parent that watches over the one that serves.
 * @param {number} pid
 */
function childrenOf(pid) {
  const pids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return pids.split(' ').filter(Boolean).map(Number);
}

/**
 * GNU dd asks the system to forget it (posix_fadvise), where nobody else has it in use.
 * @param {string} path
 */
function dropFromPageCache(path) {
  const what = [`if=${path}`, 'iflag=nocache', 'count=0'];
  execFileSync('dd', what, { stdio: 'ignore' });
}

/**
 * @param {string} what
 * @param {Runs} runs
 * @param {number} atLeast
 * @returns {import('./table.mjs').Measurement}
 */
function compared(what, runs, atLeast) {
  const { ours = [], nginx = [], ...others } = runs;
  const [own, against, ...beside] = [ours, nginx, ...Object.values(others)].map(inWords);
  const besides = beside.map((words, at) => `; ${Object.keys(others)[at]} ${words}`).join('');
  const value = bytesPerSecond(ours) / bytesPerSecond(nginx);
  return { what, detail: `${own} / ${against}${besides}`, value, atLeast };
}

/** @param {readonly Run[]} runs */
function inWords(runs) {
  const milliseconds = median(runs.map(({ cpu, segments }) => (cpu / segments) * 1000));
  const megabytes = bytesPerSecond(runs) / 1e6;
  return `${megabytes.toFixed(0)} MB/s (${milliseconds.toFixed(1)} ms of CPU each)`;
}

/** @param {readonly Run[]} runs */
function bytesPerSecond(runs) {
  return median(runs.map(({ bytes, seconds }) => bytes / seconds));
}

/**
 * @param {Run} run
 * @returns {import('./table.mjs').Measurement}
 */
function ofPlayers({ segments, seconds, stalls, slowestSeconds, cpu }) {
  const share = `${((cpu / seconds) * 100).toFixed(0)} % of a core`;
  return {
    what: `${players} players at 5 Mbit/s: the longest wait for a segment (they have ${playing.bufferSeconds} s)`,
    detail: `seconds; ${stalls} stalls, ${(segments / seconds).toFixed(0)} segments/s, ${share}`,
    value: slowestSeconds,
    atMost: playing.bufferSeconds,
  };
}

/**
 * @param {number} pid
 * @returns {import('./table.mjs').Measurement}
 */
function ofMemory(pid) {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return {
    what: 'the most memory that the daemon had meanwhile',
    detail: 'MB, of 376 MB of segments',
    value: Number(peak) / 1024,
    atMost: 512,
  };
}
