import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const manual = fileURLToPath(new URL('../../../man/kdrama.1', import.meta.url));
const hasGroff = spawnSync('groff', ['--version']).status === 0;

test.skipIf(!hasGroff)('groff formats the manual page and finds nothing wrong with it', () => {
  const run = spawnSync('groff', ['-man', '-Tutf8', '-ww', manual], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  // On a terminal bold is overstruck.
  expect(run.stdout.replaceAll(/.\u0008|\u001B\[\d*m/g, '')).toContain(
    'kdrama upload [options] [files...]',
  );
});
