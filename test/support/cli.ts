import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

export const kdramaPath = fileURLToPath(new URL('../../bin/kdrama', import.meta.url));

export interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when stdout or stderr has said something like this. */
  said(what: RegExp): Promise<string>;
}

/** A home of its own, in which `kdrama` runs as a user would run it. */
export interface CliHome {
  readonly home: string;
  start(words: readonly string[], env?: Record<string, string>): Running;
  kdrama(...words: string[]): Promise<Ended>;
  /** Of the daemon that runs or ran last. */
  daemonPid(): number;
  /** Stops the daemon, if there is one, and removes the home. */
  remove(): Promise<void>;
}

export async function cliHome(env: Record<string, string> = {}): Promise<CliHome> {
  expect(existsSync(join(kdramaPath, '../../dist/cli/kdrama.cjs')), 'npm run build').toBe(true);
  const home = await mkdtemp(join(tmpdir(), 'kdrama-e2e-'));
  const start = (words: readonly string[], more: Record<string, string> = {}) =>
    run(words, { KDRAMA_HOME: home, KDRAMA_LISTEN: '127.0.0.1:0', ...env, ...more });
  return {
    home,
    start,
    kdrama: (...words) => start(words).ended,
    daemonPid: () => {
      const text = readFileSync(join(home, 'daemon.json'), 'utf8');
      return (JSON.parse(text) as { pid: number }).pid;
    },
    async remove() {
      await start(['stop', '-q']).ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

function run(words: readonly string[], env: Record<string, string>): Running {
  const { KDRAMA_HOST: _host, KDRAMA_TOKEN: _token, ...inherited } = process.env;
  const child = spawn(kdramaPath, words, {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout.on('data', (part: Buffer) => (text.out += part.toString('utf8')));
  child.stderr.on('data', (part: Buffer) => (text.err += part.toString('utf8')));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, ...text }));
  });
  return { child, ended, said: (what) => saidBy(child, ended, text, what) };
}

function saidBy(
  child: ChildProcess,
  ended: Promise<Ended>,
  text: { out: string; err: string },
  what: RegExp,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const match = what.exec(text.out + text.err);
      if (match !== null) resolve(match[0]);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    look();
    void ended.then(() => reject(new Error(`it never said ${what}: ${text.out}${text.err}`)));
  });
}
