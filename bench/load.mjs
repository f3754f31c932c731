/**
 * A client that asks the same again and again over connections that are kept open. In a process of
 * its own: what it costs must not be a part of what a server in this one costs.
 */
import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** @typedef {{ url: string, headers: Record<string, string>, connections?: number, seconds?: number }} Target */
/** @typedef {{ perSecond: number, p99Ms: number }} Load */

const path = fileURLToPath(import.meta.url);

/**
 * @param {Target} target 16 connections and 3 seconds when it does not say
 * @returns {Promise<Load>}
 */
export async function load(target) {
  const child = spawn(process.execPath, [path, JSON.stringify(target)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return /** @type {Load} */ (JSON.parse(await text(child.stdout)));
}

/**
 * @param {Target} target
 * @returns {Promise<Load>}
 */
async function run({ url, headers, connections = 16, seconds = 3 }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const ask = () => askOnce(url, headers, agent);
  // What is compiled and cached at the first requests is not what later ones cost.
  const warmUpEndMs = performance.now() + 500;
  while (performance.now() < warmUpEndMs) await ask();
  /** @type {number[]} */
  const took = [];
  const startedMs = performance.now();
  const endMs = startedMs + seconds * 1000;
  const client = async () => {
    while (performance.now() < endMs) took.push(await ask());
  };
  await Promise.all(Array.from({ length: connections }, client));
  const perSecond = took.length / ((performance.now() - startedMs) / 1000);
  agent.destroy();
  const sorted = took.toSorted((a, b) => a - b);
  return { perSecond, p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? NaN };
}

/**
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {Agent} agent
 * @returns {Promise<number>} milliseconds until the last byte
 */
function askOnce(url, headers, agent) {
  const startedMs = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`));
      response.resume().on('end', () => resolve(performance.now() - startedMs));
    });
    sent.on('error', reject).end();
  });
}

if (process.argv[1] === path) {
  const target = /** @type {Target} */ (JSON.parse(process.argv[2] ?? ''));
  console.log(JSON.stringify(await run(target)));
}
