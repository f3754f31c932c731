import { firstOnPath } from './on-path.mjs';

/**
 * What a system's package manager is called and how it installs.
 * @typedef {object} PackageManager
 * @property {string} command
 * @property {readonly string[]} [refresh] arguments that fetch the package lists first
 * @property {readonly string[]} install arguments before the package's name
 * @property {boolean} needsRoot
 * @property {{ ffmpeg: string, browser: string }} packages
 */

/** @type {readonly PackageManager[]} */
export const packageManagers = [
  {
    command: 'apt-get',
    refresh: ['update'],
    install: ['install', '-y', '--no-install-recommends'],
    needsRoot: true,
    packages: { ffmpeg: 'ffmpeg', browser: 'chromium' },
  },
  {
    command: 'dnf',
    install: ['install', '-y'],
    needsRoot: true,
    packages: { ffmpeg: 'ffmpeg', browser: 'chromium' },
  },
  {
    command: 'pacman',
    install: ['-S', '--noconfirm', '--needed'],
    needsRoot: true,
    packages: { ffmpeg: 'ffmpeg', browser: 'chromium' },
  },
  {
    command: 'apk',
    install: ['add'],
    needsRoot: true,
    packages: { ffmpeg: 'ffmpeg', browser: 'chromium' },
  },
  {
    command: 'brew',
    install: ['install'],
    needsRoot: false,
    packages: { ffmpeg: 'ffmpeg', browser: 'chromium' },
  },
];

/**
 * The commands that install a package here without asking for a password, in order; undefined when
 * there is no known package manager, or when it wants a password.
 * @param {'ffmpeg' | 'browser'} what
 * @param {{ env: NodeJS.ProcessEnv, isRoot: boolean, hasFreeSudo: () => boolean }} machine
 * @returns {{ name: string, steps: string[][] } | undefined}
 */
export function installSteps(what, machine) {
  const manager = packageManagers.find(({ command }) => firstOnPath([command], machine.env));
  if (manager === undefined) return undefined;
  const prefix = manager.needsRoot && !machine.isRoot ? ['sudo', '-n'] : [];
  if (prefix.length > 0 && !machine.hasFreeSudo()) return undefined;
  const name = manager.packages[what];
  const calls = [...(manager.refresh ? [manager.refresh] : []), [...manager.install, name]];
  return { name, steps: calls.map((call) => [...prefix, manager.command, ...call]) };
}
