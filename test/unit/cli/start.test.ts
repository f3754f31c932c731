import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDaemonRecord } from '../../../src/cli/daemon/address.js';
import { connect } from '../../../src/cli/daemon/connect.js';
import type { DaemonProcess } from '../../../src/cli/daemon/spawn.js';
import { ensureDaemon } from '../../../src/cli/daemon/start.js';
import { deathsOfLoop } from '../../../src/shared/crash-loop.js';
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

test('with KDRAMA_HOST nothing is started here', async () => {
  await winner(1234);
  const { url } = readDaemonRecord(home) ?? { url: '' };
  const elsewhere = cliDeps({ home: temporaryDirectory(), env: { KDRAMA_HOST: url } });
  const { startedByUs, connection } = await ensureDaemon(elsewhere);
  expect([startedByUs, connection.server.url]).toEqual([false, url]);
  await close();
  close = () => Promise.resolve();
  // cliDeps fails the test when a daemon is started.
  await expect(ensureDaemon(elsewhere)).rejects.toMatchObject({ code: 'DAEMON_UNREACHABLE' });
});

test('one that died is named with what it wrote last, then started again', async () => {
  const record = { pid: 2 ** 22 + 1, url: 'http://127.0.0.1:1', version: '0', instanceId: 'dead' };
  writeFileSync(join(home, 'daemon.json'), JSON.stringify(record));
  writeFileSync(join(home, 'daemon.log'), '{"msg":"crashed","err":{"message":"out of memory"}}\n');
  const deps = cliDeps({
    home,
    spawnDaemon: async () => {
      await winner(4711);
      return child({});
    },
  });
  await expect(connect(deps)).rejects.toMatchObject({
    message: expect.stringContaining('died: crashed: out of memory') as string,
  });
  expect((await ensureDaemon(deps)).startedByUs).toBe(true);
  expect(deps.err()).toContain('Starting the daemon again: the last one (pid 4194305) died');
});

test('one that dies again and again is started by nobody but who insists', async () => {
  const deaths = Array.from({ length: deathsOfLoop - 1 }, () => new Date().toISOString());
  const record = { pid: 2 ** 22 + 1, url: 'http://127.0.0.1:1', version: '0', instanceId: 'dead' };
  writeFileSync(join(home, 'daemon.json'), JSON.stringify({ ...record, deaths }));
  writeFileSync(join(home, 'daemon.log'), '{"msg":"crashed","err":{"message":"out of memory"}}\n');
  // cliDeps fails the test when a daemon is started.
  await expect(ensureDaemon(cliDeps({ home }))).rejects.toMatchObject({
    code: 'DAEMON_UNREACHABLE',
    message: expect.stringMatching(/died 6 times within 10 minutes.*out of memory/) as string,
    hint: expect.stringContaining('daemon.log') as string,
  });
  const spawnDaemon = async () => {
    await winner(4711);
    return child({});
  };
  expect((await ensureDaemon(cliDeps({ home, spawnDaemon }), true)).startedByUs).toBe(true);
});

test('another version is warned of once, however often a command connects', async () => {
  const daemon = await daemonDouble(home, () => ({ body: {} }), { version: '0.0.9' });
  close = () => daemon.close();
  const deps = cliDeps({ home });
  await connect(deps);
  await connect(deps);
  expect(deps.err().match(/Warning/g)).toHaveLength(1);
});
