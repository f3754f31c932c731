import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/daemon/background.js', import.meta.url));

export interface DaemonProcess {
  readonly url: string;
  readonly token: string;
  readonly child: ChildProcess;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Sends a signal and waits until the process is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** The built daemon as a process of its own (`npm run build` first), so that it can be killed. */
export async function startDaemonProcess(
  home: string,
  listen = '127.0.0.1:0',
): Promise<DaemonProcess> {
  if (!existsSync(program)) throw new Error('run "npm run build" first');
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], KDRAMA_HOME: home, KDRAMA_LISTEN: listen },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  let log = '';
  child.stderr?.on('data', (line: Buffer) => (log = (log + line.toString()).slice(-4000)));
  const url = await urlOf(home, child, () => log);
  const token = (await readFile(join(home, 'token'), 'utf8')).trim();
  return {
    url,
    token,
    child,
    fetch: (path, init = {}) =>
      fetch(`${url}${path.startsWith('/api/') ? '' : '/api/v1'}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
      }),
    async end(signal) {
      child.kill(signal);
      await exited;
    },
  };
}

/** A killed daemon leaves its daemon.json behind: only the one with this pid counts. */
async function urlOf(home: string, child: ChildProcess, log: () => string): Promise<string> {
  for (;;) {
    const text = await readFile(join(home, 'daemon.json'), 'utf8').catch(() => '{}');
    const facts = JSON.parse(text) as { pid?: number; url?: string };
    if (facts.pid === child.pid && facts.url !== undefined) return facts.url;
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${log()}`);
    await pause(20);
  }
}
