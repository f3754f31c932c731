import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installSteps } from '../../../scripts/setup/package-manager.mjs';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kdrama-path-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function provide(command: string) {
  const path = join(directory, command);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
}

function machine(isRoot: boolean, freeSudo = false) {
  return { env: { PATH: directory }, isRoot, hasFreeSudo: () => freeSudo };
}

describe('a system package', () => {
  test('root on Debian refreshes the lists and installs without recommendations', () => {
    provide('apt-get');
    expect(installSteps('browser', machine(true))).toEqual({
      name: 'chromium',
      steps: [
        ['apt-get', 'update'],
        ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
      ],
    });
  });

  test('a user with sudo that needs no password installs through it', () => {
    provide('apt-get');
    expect(installSteps('ffmpeg', machine(false, true))?.steps).toEqual([
      ['sudo', '-n', 'apt-get', 'update'],
      ['sudo', '-n', 'apt-get', 'install', '-y', '--no-install-recommends', 'ffmpeg'],
    ]);
  });

  test('nothing is tried where a password would be asked for', () => {
    provide('apt-get');
    expect(installSteps('ffmpeg', machine(false, false))).toBeUndefined();
  });

  test('Homebrew needs no root', () => {
    provide('brew');
    expect(installSteps('ffmpeg', machine(false))?.steps).toEqual([['brew', 'install', 'ffmpeg']]);
  });

  test('an unknown system is left alone', () => {
    expect(installSteps('ffmpeg', machine(true))).toBeUndefined();
  });
});
