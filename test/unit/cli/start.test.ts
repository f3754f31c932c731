import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DaemonProcess } from '../../../src/cli/daemon/spawn.js';
import { ensureDaemon } from '../../../src/cli/daemon/start.js';
import { homeTakenExitCode } from '../../../src/shared/exit.js';
import { cliDeps, temporaryDirectory } from '../../support/cli-deps.js';
import { daemonDouble } from '../../support/daemon-double.js';

let home: string;
let close = () => Promise.resolve();
beforeEach(() => {
  home = temporaryDirectory();
});
afterEach(async () => {
  await close();
  close = () => Promise.resolve();
});

/** Somebody's daemon, which runs from the moment that we start one too. */
async function winner(pid: number) {
  const daemon = await daemonDouble(home, () => ({ body: {} }), { pid });
  close = () => daemon.close();
}

function child(facts: Partial<DaemonProcess>): DaemonProcess {
  return { pid: 4711, exitCode: () => null, kill: () => undefined, logStart: 0, ...facts };
}

test('who lost the race finds the winner and ends its own, which might else outlive it', async () => {
  let killed = 0;
  const deps = cliDeps({
    home,
    spawnDaemon: async () => {
      await winner(1234);
      return child({ kill: () => void (killed += 1) });
    },
  });
  const { startedByUs, connection } = await ensureDaemon(deps);
  expect([startedByUs, connection.health.pid, killed]).toEqual([false, 1234, 1]);
});

test('one that was started by us is left alone', async () => {
  const deps = cliDeps({
    home,
    spawnDaemon: async () => {
      await winner(4711);
      return child({ kill: () => expect.unreachable() });
    },
  });
  expect((await ensureDaemon(deps)).startedByUs).toBe(true);
});

test('after losing to a daemon that was just stopping, it is tried again', async () => {
  let starts = 0;
  const deps = cliDeps({
    home,
    spawnDaemon: async () => {
      starts += 1;
      if (starts === 1) return child({ exitCode: () => homeTakenExitCode });
      await winner(4711);
      return child({});
    },
  });
  expect((await ensureDaemon(deps)).startedByUs).toBe(true);
  expect(starts).toBe(2);
});

test('one that ends is reported with what it wrote last', async () => {
  const log = join(home, 'daemon.log');
  const spawnDaemon = () => {
    writeFileSync(log, '{"msg":"The port is taken"}\n');
    return Promise.resolve(child({ exitCode: () => 1 }));
  };
  await expect(ensureDaemon(cliDeps({ home, spawnDaemon }))).rejects.toMatchObject({
    code: 'DAEMON_UNREACHABLE',
    message: expect.stringContaining('The port is taken') as string,
    hint: expect.stringContaining(log) as string,
  });
});

test('one that cannot be started as it is configured is the fault of the configuration, told once', async () => {
  const message = 'The configuration is not valid: cannot listen on bad:7474';
  const err = { message: `${message}: getaddrinfo ENOTFOUND bad` };
  const spawnDaemon = () => {
    writeFileSync(join(home, 'daemon.log'), `${JSON.stringify({ msg: message, err })}\n`);
    return Promise.resolve(child({ exitCode: () => 2 }));
  };
  await expect(ensureDaemon(cliDeps({ home, spawnDaemon }))).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: err.message,
  });
});
