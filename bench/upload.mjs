import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { largeFile } from './clips.mjs';
import { median } from './median.mjs';

const sizeBytes = 1024 ** 3;

/**
 * `kdrama upload` over loopback, every byte through HTTP, against a bare pair of node:http programs
 * that hash, write and sync the same.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureUpload({ directory, short, rounds }) {
  const file = largeFile(directory, short(), sizeBytes);
  const ours = [];
  const bare = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await bareSeconds(file, join(directory, 'received')));
    ours.push(await kdramaSeconds(file));
  }
  const megabytes = statSync(file).size / 1e6;
  rmSync(file);
  return [
    {
      what: 'upload over loopback / bare node:http pair, throughput',
      detail: `${perSecond(megabytes, ours)} / ${perSecond(megabytes, bare)}`,
      value: median(bare) / median(ours),
      atLeast: 0.8,
    },
  ];
}

/**
 * @param {number} megabytes
 * @param {readonly number[]} seconds
 */
function perSecond(megabytes, seconds) {
  return `${(megabytes / median(seconds)).toFixed(0)} MB/s`;
}

/** @param {string} file */
async function kdramaSeconds(file) {
  const daemon = new OwnDaemon();
  try {
    await daemon.start();
    const startedMs = performance.now();
    await daemon.read(['upload', '--via=http', '--quiet', file]);
    return (performance.now() - startedMs) / 1000;
  } finally {
    await daemon.remove();
  }
}

/**
 * @param {string} file
 * @param {string} target
 */
async function bareSeconds(file, target) {
  const server = startBare('bare-server.mjs', target);
  const port = String(await once(server.stdout, 'data')).trim();
  const startedMs = performance.now();
  const client = startBare('bare-client.mjs', port, file);
  await once(client, 'exit');
  const seconds = (performance.now() - startedMs) / 1000;
  server.kill('SIGKILL');
  rmSync(target);
  if (client.exitCode !== 0) throw new Error(`the bare client ended with ${client.exitCode}`);
  return seconds;
}

/**
 * @param {string} program
 * @param {...string} args
 */
function startBare(program, ...args) {
  const path = fileURLToPath(new URL(program, import.meta.url));
  return spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}
