import { createServer } from 'node:http';
import { once } from 'node:events';
import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { fillLibrary } from './full-library.mjs';
import { load } from './load.mjs';
import { median } from './median.mjs';

/** @typedef {import('./load.mjs').Load} Load */

/**
 * `GET /jobs/:id` of a daemon against a bare node:http server that answers the same bytes.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureHttp({ short, rounds }) {
  const daemon = new OwnDaemon();
  daemon.env['KDRAMA_REQUESTS_PER_MINUTE'] = '100000000';
  try {
    await daemon.start();
    const id = (await daemon.read(['upload', '--wait=ready', '--quiet', short()])).trim();
    const path = `/api/v1/jobs/${id}`;
    const bare = await bareServer(await daemon.fetch(path));
    /** @type {Load[]} */
    const ours = [];
    /** @type {Load[]} */
    const theirs = [];
    for (let round = 0; round < rounds; round++) {
      theirs.push(await load(bare.target));
      ours.push(await load(daemon.target(path)));
    }
    bare.close();
    return [ofRequests(ours, theirs)];
  } finally {
    await daemon.remove();
  }
}

/**
 * The same question and a page of the list, of a daemon with 100,000 videos and 1,000,000 tasks.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureFullLibrary({ rounds }) {
  const daemon = new OwnDaemon();
  daemon.env['KDRAMA_REQUESTS_PER_MINUTE'] = '100000000';
  try {
    const { jobId } = await fillLibrary(`${daemon.directory}/kdrama.db`, 100_000);
    await daemon.start();
    const paths = [`/jobs/${jobId}`, '/jobs', '/jobs?status=failed,completed', '/videos'];
    /** @type {import('./table.mjs').Measurement[]} */
    const rows = [];
    for (const path of paths) {
      /** @type {Load[]} */
      const loads = [];
      // One after the other: a client that waits for its turn would be measured with the others.
      for (let round = 0; round < rounds; round++) {
        loads.push(await load({ ...daemon.target(`/api/v1${path}`), connections: 1 }));
      }
      rows.push({
        what: `p99 of GET ${path.replace(jobId, ':id')}, 100,000 videos and 1,000,000 tasks`,
        detail: `milliseconds; ${perSecondOf(loads).toFixed(0)}/s`,
        value: median(loads.map(({ p99Ms }) => p99Ms)),
        atMost: 10,
      });
    }
    return rows;
  } finally {
    await daemon.remove();
  }
}

/**
 * @param {readonly Load[]} ours
 * @param {readonly Load[]} bare
 * @returns {import('./table.mjs').Measurement}
 */
function ofRequests(ours, bare) {
  return {
    what: 'requests a second of GET /jobs/:id / bare node:http with the same bytes',
    detail: `${inWords(ours)} / ${inWords(bare)}`,
    value: perSecondOf(ours) / perSecondOf(bare),
    atLeast: 0.1,
  };
}

/** @param {readonly Load[]} loads */
function inWords(loads) {
  const p99Ms = median(loads.map((each) => each.p99Ms));
  return `${perSecondOf(loads).toFixed(0)}/s (p99 ${p99Ms.toFixed(1)} ms)`;
}

/** @param {readonly Load[]} loads */
function perSecondOf(loads) {
  return median(loads.map((each) => each.perSecond));
}

/** @param {Response} like what it answers to everything */
async function bareServer(like) {
  const body = Buffer.from(await like.arrayBuffer());
  const headers = Object.fromEntries(
    [...like.headers].filter(([name]) => !['connection', 'keep-alive', 'date'].includes(name)),
  );
  const server = createServer((_request, response) => response.writeHead(200, headers).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    target: { url: `http://127.0.0.1:${port}/`, headers: {} },
    close: () => server.close(),
  };
}
