import { join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import type { Env } from '../deps.js';
import type { Host, ProgramResult } from '../host/host.js';
import { launchdLabel, launchdLog, launchdPlist, readLaunchdPlist } from './launchd-plist.js';
import type { ServicePlan } from './service-plan.js';
import {
  launchdState,
  systemdProperties,
  systemdState,
  type ServiceState,
} from './service-state.js';
import { readSystemdUnit, systemdUnit } from './systemd-unit.js';

/** The words of a command of the computer. */
export type Words = readonly [file: string, ...args: string[]];

/** What starts services at login, as data: who acts on it is elsewhere. */
export interface ServiceManager {
  readonly unitPath: string;
  unitText(plan: ServicePlan): string;
  readUnit(text: string): ServicePlan | undefined;
  /** Fails where this user's services cannot be reached. */
  readonly probe: Words;
  /** Fails where this one cannot be started: somebody has taken it out. */
  readonly loaded: Words;
  /** How long after one end the next start may wait; until then only the last end is told. */
  readonly throttleMs: number;
  /** Before the unit is written; these may fail: it may not run yet. */
  readonly beforeInstall: readonly Words[];
  /** After it was written. */
  readonly install: readonly Words[];
  /** While it is still there. */
  readonly uninstall: readonly Words[];
  /** After it was removed. */
  readonly afterUninstall: readonly Words[];
  /** One that is installed and stopped. */
  readonly start: Words;
  /** Before it is started; these may fail: it may never have failed. */
  readonly beforeStart: readonly Words[];
  /** One that ended and would be tried again; undefined where only removing it stops that. */
  readonly giveUp: Words | undefined;
  readonly state: Words;
  readState(said: ProgramResult): ServiceState;
  /** What it wrote last. */
  lastWords(home: string): Words;
  /** Where somebody reads all of it. */
  log(home: string): string;
  /** How it runs while nobody is signed in. */
  readonly withoutLogin: string;
}

/** The one of this platform. Throws SERVICE_FAILED where there is none that we know. */
export function serviceManager(host: Host, env: Env): ServiceManager {
  if (host.platform === 'linux') return systemd(host, env);
  if (host.platform === 'darwin') return launchd(host);
  throw new KdramaError('SERVICE_FAILED', `expected systemd or launchd, got ${host.platform}`, {
    hint: 'Let this computer run "kdrama start" when you sign in.',
  });
}

const unitName = 'kdrama.service';

function systemctl(...args: string[]): Words {
  return ['systemctl', '--user', ...args];
}

/** Else the brake of an earlier loop of crashes would also stop what is started by hand. */
const forgetFailures = systemctl('reset-failed', unitName);
const journal: Words = ['journalctl', '--user', '-u', 'kdrama'];

function systemd({ userHome, userName }: Host, env: Env): ServiceManager {
  const configuration = env['XDG_CONFIG_HOME'] || join(userHome, '.config');
  return {
    unitPath: join(configuration, 'systemd', 'user', unitName),
    unitText: systemdUnit,
    readUnit: readSystemdUnit,
    probe: systemctl('show-environment'),
    loaded: systemctl('show-environment'),
    throttleMs: 0,
    beforeInstall: [forgetFailures],
    install: [
      systemctl('daemon-reload'),
      systemctl('enable', unitName),
      systemctl('restart', unitName),
    ],
    uninstall: [systemctl('disable', '--now', unitName)],
    afterUninstall: [systemctl('daemon-reload')],
    start: systemctl('start', unitName),
    beforeStart: [forgetFailures],
    giveUp: systemctl('stop', unitName),
    state: systemctl('show', `--property=${systemdProperties.join(',')}`, unitName),
    readState: ({ stdout }) => systemdState(stdout),
    lastWords: () => [...journal, '--identifier=kdrama', '--lines=2', '--output=cat', '--no-pager'],
    log: () => journal.join(' '),
    withoutLogin: `To let it run while you are not signed in: loginctl enable-linger ${userName} (with sudo, if that is denied)`,
  };
}

function launchd({ userHome, userId }: Host): ServiceManager {
  const domain = `gui/${userId}`;
  const service = `${domain}/${launchdLabel}`;
  const unitPath = join(userHome, 'Library', 'LaunchAgents', `${launchdLabel}.plist`);
  return {
    unitPath,
    unitText: launchdPlist,
    readUnit: readLaunchdPlist,
    probe: ['launchctl', 'print', domain],
    loaded: ['launchctl', 'print', service],
    throttleMs: 10_000,
    beforeInstall: [['launchctl', 'bootout', service]],
    install: [
      ['launchctl', 'enable', service],
      ['launchctl', 'bootstrap', domain, unitPath],
    ],
    uninstall: [['launchctl', 'bootout', service]],
    afterUninstall: [],
    start: ['launchctl', 'kickstart', service],
    beforeStart: [],
    giveUp: undefined,
    state: ['launchctl', 'print', service],
    readState: ({ stdout }) => launchdState(stdout),
    lastWords: (home) => ['tail', '-n', '2', launchdLog(home)],
    log: launchdLog,
    withoutLogin:
      'It runs while you are signed in: let this Mac sign you in by itself (System Settings, Users & Groups).',
  };
}
