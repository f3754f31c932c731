import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { nodeRequest } from '../../src/cli/api/node-request.js';
import { systemClock } from '../../src/cli/clock.js';
import type { Deps } from '../../src/cli/deps.js';

export interface CapturedDeps extends Deps {
  out(): string;
  err(): string;
}

/** What a command may touch: a home of its own, the real clock and HTTP, captured output. */
export function cliDeps(given: Partial<Deps> = {}): CapturedDeps {
  const [stdout, stderr] = [capture(), capture()];
  return {
    stdin: Readable.from([]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: {},
    cwd: given.home ?? tmpdir(),
    home: given.home ?? temporaryDirectory(),
    clock: systemClock,
    signal: new AbortController().signal,
    request: nodeRequest,
    openBrowser: () => Promise.resolve(false),
    hideTyping: () => Promise.resolve(() => undefined),
    host: {
      platform: 'linux',
      userHome: given.home ?? tmpdir(),
      userName: 'mina',
      userId: 1000,
      program: '/opt/kdrama/bin/kdrama',
      node: process.execPath,
    },
    runProgram: () => {
      throw new Error('this command must not run a program');
    },
    startPlayer: () => Promise.resolve({ is: 'missing' }),
    spawnDaemon: () => {
      throw new Error('this command must not start a daemon');
    },
    ...given,
    out: stdout.text,
    err: stderr.text,
  };
}

export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'kdrama-cli-'));
}

function capture() {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (part: Buffer) => (text += part.toString('utf8')));
  return { stream, text: () => text };
}
