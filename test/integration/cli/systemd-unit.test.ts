import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemdUnit } from '../../../src/cli/service/systemd-unit.js';
import { temporaryDirectory } from '../../support/cli-deps.js';

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

test.skipIf(!hasSystemd)('systemd finds nothing wrong with the unit, and its program', () => {
  const directory = join(temporaryDirectory(), 'with "quotes" and 100%');
  mkdirSync(directory);
  const program = join(directory, 'kdrama');
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  const unit = join(directory, 'kdrama.service');
  writeFileSync(unit, systemdUnit({ program, home: directory, searchPath: ['/usr/bin'] }));
  const { status, stderr } = spawnSync('systemd-analyze', ['--user', '--man=no', 'verify', unit], {
    encoding: 'utf8',
    env: { ...process.env, XDG_RUNTIME_DIR: directory },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
