import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../.ci/run', import.meta.url));

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kdrama-ci-'));
  mkdirSync(join(directory, 'checkout/.ci'), { recursive: true });
  mkdirSync(join(directory, 'bin'));
  copyFileSync(script, join(directory, 'checkout/.ci/run'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Runs .ci/run with an npm whose commands are these lines of shell. */
function run(commands: { test: string; demo: string; slow: string }) {
  const npm = `#!/bin/sh
    case "$*" in
      test) ${commands.test};;
      'run demo') ${commands.demo};;
      'run test:slow') ${commands.slow};;
      *) exit 99;;
    esac`;
  writeFileSync(join(directory, 'bin/npm'), npm, { mode: 0o755 });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${join(directory, 'bin')}:${process.env['PATH']}`,
  };
  delete env['KDRAMA_TEST_MEDIA']; // set where this test itself runs under .ci/run
  const ci = join(directory, 'checkout/.ci/run');
  const { status, stdout } = spawnSync('bash', [ci], { env, encoding: 'utf8', cwd: '/' });
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1), stdout };
}

test('the last line is the sum of all runs, the demo as one test', () => {
  const { status, lastLine } = run({
    test: 'echo "tests: 5 passed, 0 failed, 2 skipped"',
    demo: 'true',
    slow: 'echo "tests: 3 passed, 0 failed, 1 skipped"',
  });
  expect(lastLine).toBe('tests: 9 passed, 0 failed, 3 skipped');
  expect(status).toBe(0);
});

test('a failure of one run keeps the others going and fails the whole', () => {
  const { status, lastLine } = run({
    test: 'echo "tests: 5 passed, 2 failed, 0 skipped"; exit 1',
    demo: 'exit 1',
    slow: 'echo "tests: 3 passed, 0 failed, 0 skipped"',
  });
  expect(lastLine).toBe('tests: 8 passed, 3 failed, 0 skipped');
  expect(status).toBe(1);
});

test('why tests failed is said again at the end', () => {
  const { stdout } = run({
    test: 'printf "  failed in unit: %s\\n" a "  expected 1"; echo "tests: 0 passed, 1 failed, 0 skipped"',
    demo: 'echo much else',
    slow: 'echo "tests: 3 passed, 0 failed, 0 skipped"',
  });
  expect(stdout.trimEnd().split('\n').slice(-3)).toEqual([
    '  failed in unit: a',
    '  failed in unit:   expected 1',
    'tests: 4 passed, 1 failed, 0 skipped',
  ]);
});

test('a run that dies before its last line is a failure', () => {
  const { status, lastLine } = run({ test: 'exit 134', demo: 'true', slow: 'kill -9 $$' });
  expect(lastLine).toBe('tests: 1 passed, 2 failed, 0 skipped');
  expect(status).toBe(1);
});

test('foreign media are used where they lie beside the checkout', () => {
  const commands = { test: 'echo "media: $KDRAMA_TEST_MEDIA"', demo: 'true', slow: 'true' };
  expect(run(commands).stdout).toContain('media: \n');
  mkdirSync(join(directory, 'shared/media'), { recursive: true });
  expect(run(commands).stdout).toContain(`media: ${join(directory, 'shared/media')}\n`);
});
