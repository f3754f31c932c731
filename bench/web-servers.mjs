/** What others serve files with, each on one core. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {{ origin: string, pid: number, stop(): Promise<void> }} WebServer */

/** @param {string} program */
export function isInstalled(program) {
  return spawnSync(program, ['-V'], { stdio: 'ignore' }).error === undefined;
}

/**
 * One worker, sendfile, open files remembered.
 * @param {string} directory for its own files
 * @param {string} root
 * @param {string} core
 */
export async function startNginx(directory, root, core) {
  const port = await freePort();
  mkdirSync(directory, { recursive: true });
  const configuration = `daemon off; master_process off; pid nginx.pid; error_log stderr;
events { worker_connections 4096; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
  open_file_cache max=1000;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server { listen 127.0.0.1:${port}; root ${root}; }
}`;
  writeFileSync(join(directory, 'nginx.conf'), configuration);
  return startOn(core, port, 'nginx', ['-p', directory, '-c', 'nginx.conf']);
}

/**
 * Everything in memory after the first request.
 * @param {string} directory for its own files
 * @param {string} backend origin
 * @param {string} core
 */
export async function startVarnish(directory, backend, core) {
  const port = await freePort();
  const { host } = new URL(backend);
  const listening = ['-F', '-n', directory, '-a', `127.0.0.1:${port}`, '-b', host];
  const settings = ['-s', 'malloc,1g', '-t', '3600'];
  return startOn(core, port, 'varnishd', [...listening, ...settings]);
}

/**
 * @param {string} core
 * @param {number} port
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<WebServer>}
 */
async function startOn(core, port, program, args) {
  const child = spawn('taskset', ['-c', core, program, ...args], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; (await fetch(origin).catch(() => undefined)) === undefined; tries++) {
    if (tries === 200 || child.exitCode !== null) throw new Error(`${program} does not answer`);
    await sleep(50);
  }
  return {
    origin,
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}
