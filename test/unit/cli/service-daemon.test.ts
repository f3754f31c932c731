import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runRestart } from '../../../src/cli/commands/restart.js';
import { runServiceInstall } from '../../../src/cli/commands/service.js';
import { runStop } from '../../../src/cli/commands/stop.js';
import { ensureDaemon } from '../../../src/cli/daemon/start.js';
import { isOfService, serviceOfHome } from '../../../src/cli/service/run-service.js';
import { launchdState, systemdState, whyFailed } from '../../../src/cli/service/service-state.js';
import {
  closeComputers,
  computer,
  ended,
  failed,
  running,
  serving,
  stopped,
} from '../../support/service-computer.js';

const options = { json: false, quiet: false, verbose: false };

const triedAgain =
  'ActiveState=activating\nSubState=auto-restart\nMainPID=0\nExecMainCode=2\nExecMainStatus=9\n';

afterEach(closeComputers);

describe('a daemon of a home with a service', () => {
  test('is started by the service, and again after a restart', async () => {
    const { deps, ran, service } = computer();
    await runServiceInstall(options, deps);
    await stopped(deps.home);
    service.state = ended;
    ran.length = 0;
    expect((await ensureDaemon(deps)).startedByUs).toBe(true);
    expect(ran).toEqual([
      'systemctl --user reset-failed kdrama.service',
      'systemctl --user start kdrama.service',
    ]);
    expect(await isOfService(4711, deps)).toBe(true);
    expect(await isOfService(4712, deps)).toBe(false);
  });

  test('is started again by the service, though "restart" leaves one in a terminal alone', async () => {
    const { deps, ran, home, service } = computer();
    await runServiceInstall(options, deps);
    await stopped(home);
    const record = join(home, 'daemon.json');
    // Stands for the daemon's process, which takes its record with it.
    const trap = 'trap \'rm "$0"; kill $!; exit 0\' TERM; sleep 60 & echo ready; wait';
    const old = spawn('sh', ['-c', trap, record]);
    const end = once(old, 'exit');
    const pid = old.pid ?? 0;
    await once(old.stdout, 'data');
    await serving(home, pid);
    const written = JSON.parse(readFileSync(record, 'utf8')) as object;
    writeFileSync(record, JSON.stringify({ ...written, pid, isForeground: true }));
    await expect(runRestart(options, deps)).rejects.toMatchObject({ code: 'DAEMON_RUNNING' });
    expect(old.exitCode).toBeNull();
    service.state = running.replaceAll('4711', String(pid));
    ran.length = 0;
    // Whatever the shell says beside: the service has its own.
    const shell = { ...deps, env: { ...deps.env, KDRAMA_LOG_LEVEL: 'debug' } };
    expect(await runRestart({ ...options, quiet: true }, shell)).toBe(0);
    expect(await end).toEqual([0, null]);
    expect(ran.at(-1)).toBe('systemctl --user start kdrama.service');
  });

  test('that died is not started again by the service after "stop"', async () => {
    const { deps, ran, home, service } = computer();
    const stop = { ...options, drain: false };
    await runServiceInstall(options, deps);
    await stopped(home);
    ran.length = 0;
    service.state = ended;
    expect(await runStop(stop, deps)).toBe(0);
    expect(ran).toEqual([]);
    service.state = triedAgain;
    expect(await runStop(stop, deps)).toBe(0);
    expect(ran).toEqual(['systemctl --user stop kdrama.service']);
    expect(deps.err()).toContain('its service tries no more');
  });

  test('is started as ever when the service would not know what it is told, or cannot', async () => {
    const { deps } = computer();
    await runServiceInstall(options, deps);
    const told = { ...deps, env: { ...deps.env, KDRAMA_LAN: 'true' } };
    expect(await serviceOfHome(told)).toBeUndefined();
    expect(await serviceOfHome({ ...deps, home: '/another' })).toBeUndefined();
    const noBus = () => Promise.resolve({ exitCode: 1, stdout: '', stderr: 'no bus' });
    expect(await serviceOfHome({ ...deps, runProgram: noBus })).toBeUndefined();
    expect(await serviceOfHome(deps)).toBeDefined();
  });
});

test('a service that launchd does not have any more starts nothing', async () => {
  let isOut = false;
  const { deps } = computer(
    { platform: 'darwin' },
    (line) => isOut && /print gui\/501\//.test(line),
  );
  await runServiceInstall(options, deps);
  expect(await serviceOfHome(deps)).toBeDefined();
  isOut = true;
  expect(await serviceOfHome(deps)).toBeUndefined();
});

describe('the state of a service', () => {
  test('of systemd tells a failure that is tried again from one that is not, and from a stop', () => {
    expect(systemdState(running)).toMatchObject({ isRunning: true, pid: 4711, failure: undefined });
    expect(systemdState(failed)).toMatchObject({ failure: 'exit code 2', isTriedAgain: false });
    expect(systemdState(triedAgain)).toMatchObject({ failure: 'signal 9', isTriedAgain: true });
    expect(whyFailed(systemdState(ended), '/log')).toBeUndefined();
    expect(whyFailed(systemdState(''), '/log')).toBeUndefined();
  });

  test('of launchd is read from what it prints for people', () => {
    const one = (lines: string) => launchdState(`gui/501/kdrama = {\n${lines}\n}\n`);
    const never = one('\tstate = running\n\tpid = 12\n\tlast exit code = (never exited)');
    expect(never).toMatchObject({ isRunning: true, pid: 12, failure: undefined });
    const exited = one('\tstate = spawn scheduled\n\tlast exit code = 78: EX_CONFIG');
    expect(exited).toMatchObject({ isRunning: false, failure: 'exit code 78', isTriedAgain: true });
    expect(one('\tstate = not running\n\tlast exit code = 0').failure).toBeUndefined();
  });
});
