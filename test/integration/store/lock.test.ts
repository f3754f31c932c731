import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lockHome } from '../../../src/daemon/store/lock.js';

function lockPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'kdrama-lock-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'daemon.lock');
}

const taken = expect.objectContaining({ code: 'DAEMON_RUNNING' }) as Error;

it('one home has one daemon', () => {
  const path = lockPath();
  const lock = lockHome(path);
  expect(() => lockHome(path)).toThrow(taken);
  lock.release();
  lockHome(path).release();
});

it('a killed daemon leaves no lock behind', async () => {
  const path = lockPath();
  const holder = spawn(process.execPath, [
    '--input-type=module',
    '--eval',
    `import Database from 'better-sqlite3';
     const connection = new Database(${JSON.stringify(path)});
     connection.exec('BEGIN EXCLUSIVE');
     console.log('locked');
     setInterval(() => {}, 1000);`,
  ]);
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  expect(() => lockHome(path)).toThrow(taken);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  lockHome(path).release();
});
