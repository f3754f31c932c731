import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import {
  runServiceInstall,
  runServiceStatus,
  runServiceUninstall,
} from '../../../src/cli/commands/service.js';
import { checkService } from '../../../src/cli/doctor/service-check.js';
import { missingProgram } from '../../../src/cli/service/installed-service.js';
import { launchdPlist, readLaunchdPlist } from '../../../src/cli/service/launchd-plist.js';
import { planService, whyBroken } from '../../../src/cli/service/service-plan.js';
import { readSystemdUnit, systemdUnit } from '../../../src/cli/service/systemd-unit.js';
import { closeComputers, computer, ended, failed } from '../../support/service-computer.js';

const options = { json: false, quiet: false, verbose: false };
const path = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .map((name) => `/${name.replaceAll(/[:\r]/g, '')}`);
const plan = fc.record({ program: path, home: path, searchPath: fc.array(path, { minLength: 1 }) });

describe('a unit', () => {
  test('for systemd says what it was made of, whatever is in the paths', () => {
    fc.assert(
      fc.property(plan, (each) => {
        expect(readSystemdUnit(systemdUnit(each))).toEqual(each);
      }),
    );
  });

  test('that somebody wrote by hand is read for what it starts and is gone', () => {
    const unit = 'ExecStart="/opt/gone/node" "/home/mina/kdrama/bin/kdrama" serve\n';
    const plist = '<string>/opt/gone/node</string><string>/home/mina/bin/kdrama</string>';
    const isThere = (file: string) => !file.startsWith('/opt/gone');
    expect(missingProgram(unit, isThere)).toBe('/opt/gone/node is gone');
    expect(missingProgram(plist, isThere)).toBe('/opt/gone/node is gone');
    expect(missingProgram(unit, (file) => !file.endsWith('kdrama'))).toContain(
      'bin/kdrama is gone',
    );
    expect(missingProgram(unit, () => true)).toBeUndefined();
  });

  test('for launchd says what it was made of, whatever is in the paths', () => {
    fc.assert(
      fc.property(plan, (each) => {
        expect(readLaunchdPlist(launchdPlist(each))).toEqual(each);
      }),
    );
  });

  test('keeps what systemd would read as its own: specifiers, variables, quotes', () => {
    const text = systemdUnit({ program: '/a "b"/$HOME/100%', home: '/h', searchPath: ['/bin'] });
    expect(text).toContain(
      String.raw`ExecStart=/usr/bin/env node "/a \"b\"/$$HOME/100%%" serve --quiet`,
    );
  });
});

describe('the search path of a service', () => {
  const host = { program: '/p/bin/kdrama', node: '/opt/homebrew/Cellar/node/22.1.0/bin/node' };
  const links: Record<string, string> = {
    '/opt/homebrew/bin/node': host.node,
    '/usr/bin/node': '/usr/bin/node',
  };

  test('begins with a name of this node that outlives its version', () => {
    const PATH = '/usr/bin:/opt/homebrew/Cellar/node/22.1.0/bin:.:relative:/opt/homebrew/bin';
    expect(planService(host, '/h', PATH, (file) => links[file]).searchPath).toEqual([
      '/opt/homebrew/bin',
      '/opt/homebrew/Cellar/node/22.1.0/bin',
      '/usr/bin',
    ]);
  });

  test('finds another node after an upgrade has removed the one that it was made with', () => {
    const made = planService(host, '/h', '/usr/bin', (file) => links[file]);
    expect(whyBroken(made, (file) => file !== host.node)).toBeUndefined();
    expect(whyBroken(made, (file) => file === host.program)).toContain('node is gone');
    expect(whyBroken(made, () => false)).toBe('/p/bin/kdrama is gone');
  });
});

afterEach(closeComputers);

describe('kdrama service', () => {
  test('installs a unit of systemd, starts it and says how it runs without a login', async () => {
    const { deps, ran, user, home } = computer();
    expect(await runServiceInstall(options, deps)).toBe(0);
    const unit = join(user, '.config/systemd/user/kdrama.service');
    expect(deps.out()).toBe(`${unit}\n`);
    expect(deps.err()).toContain('loginctl enable-linger mina');
    expect(readSystemdUnit(readFileSync(unit, 'utf8'))).toMatchObject({ home });
    expect(ran).toEqual([
      'systemctl --user reset-failed kdrama.service',
      'systemctl --user daemon-reload',
      'systemctl --user enable kdrama.service',
      'systemctl --user restart kdrama.service',
    ]);
  });

  test('installs an agent of launchd in place of the one before', async () => {
    const { deps, ran, user, home } = computer({ platform: 'darwin' });
    expect(await runServiceInstall(options, deps)).toBe(0);
    const unit = join(user, 'Library/LaunchAgents/kdrama.plist');
    expect(readLaunchdPlist(readFileSync(unit, 'utf8'))).toMatchObject({ home });
    expect(ran).toEqual([
      'launchctl bootout gui/501/kdrama',
      'launchctl enable gui/501/kdrama',
      `launchctl bootstrap gui/501 ${unit}`,
    ]);
  });

  test('writes nothing where the services of this user cannot be reached', async () => {
    const { deps, user } = computer({}, (line) => line.includes('show-environment'));
    await expect(runServiceInstall(options, deps)).rejects.toMatchObject({
      code: 'SERVICE_FAILED',
      message: expect.stringContaining('no bus'),
    });
    expect(existsSync(join(user, '.config'))).toBe(false);
  });

  test('says which variables a service does not see', async () => {
    const { deps } = computer();
    const env = { ...deps.env, KDRAMA_LISTEN: ':1', KDRAMA_HOME: deps.home };
    await runServiceInstall(options, { ...deps, env });
    expect(deps.err()).toContain('It does not know KDRAMA_LISTEN:');
  });

  test('is refused where there is neither systemd nor launchd', async () => {
    const { deps } = computer({ platform: 'win32' });
    await expect(runServiceInstall(options, deps)).rejects.toMatchObject({
      code: 'SERVICE_FAILED',
    });
  });

  test('says why one does not serve after it was installed', async () => {
    const { deps, service } = computer();
    service.onStart = failed;
    await expect(runServiceInstall(options, deps)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: 'The configuration is not valid: no',
      hint: expect.stringContaining('journalctl --user -u kdrama') as string,
    });
    service.onStart = failed.replace('Status=2', 'Status=1');
    await expect(runServiceInstall(options, deps)).rejects.toMatchObject({
      code: 'SERVICE_FAILED',
      message: 'The service did not start (exit code 1): The configuration is not valid: no',
    });
  });

  test('status tells running, failed and not installed apart', async () => {
    const { deps, service } = computer();
    await expect(runServiceStatus(options, deps)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await runServiceInstall(options, deps);
    expect(await runServiceStatus(options, deps)).toBe(0);
    service.state = ended;
    expect(await runServiceStatus(options, deps)).toBe(1);
    expect(deps.err()).not.toContain('Why:');
    expect(deps.err()).toContain('Another daemon (pid 4711) serves in its place');
    service.state = failed;
    expect(await runServiceStatus(options, deps)).toBe(1);
    expect(deps.err()).toContain('Why: it failed (exit code 2) and is not tried again');
  });

  test('status does not say of a service that it cannot ask that it does not run', async () => {
    let isReachable = true;
    const { deps } = computer({}, () => !isReachable);
    await runServiceInstall(options, deps);
    isReachable = false;
    await expect(runServiceStatus(options, deps)).rejects.toMatchObject({ code: 'SERVICE_FAILED' });
  });

  test('uninstalls, and does so again without complaint', async () => {
    const { deps, user } = computer();
    await runServiceInstall(options, deps);
    expect(await runServiceUninstall(options, deps)).toBe(0);
    expect(existsSync(join(user, '.config/systemd/user/kdrama.service'))).toBe(false);
    expect(await runServiceUninstall(options, deps)).toBe(0);
    expect(deps.err()).toContain('No service is installed.');
  });

  test('doctor finds a service whose node is gone', async () => {
    const { deps } = computer();
    expect(await checkService(deps)).toEqual([]);
    await runServiceInstall(options, deps);
    expect(await checkService(deps)).toMatchObject([{ level: 'ok' }]);
    const moved = computer({ node: join(deps.home, 'removed', 'node') });
    await runServiceInstall(options, moved.deps);
    expect(await checkService(moved.deps)).toMatchObject([
      {
        level: 'fail',
        message: expect.stringContaining('node is gone'),
        advice: expect.any(String),
      },
    ]);
  });

  test('doctor finds a service that failed, though all that it needs is there', async () => {
    const { deps, service } = computer();
    await runServiceInstall(options, deps);
    service.state = failed;
    expect(await checkService(deps)).toMatchObject([
      { level: 'fail', message: expect.stringContaining('exit code 2') as string },
    ]);
  });
});
