import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import { cliDeps } from '../../support/cli-deps.js';

test('who lists a library that does not exist yet is told in one sentence how to begin', async () => {
  const deps = cliDeps();
  expect(await run(['list'], deps)).toBe(4);
  expect(deps.err()).toContain('"kdrama upload FILE" starts it and adds an episode.\n');
  expect(deps.err()).not.toContain('kdrama start');
});

test('where a library is, the daemon is all that has to be started', async () => {
  const deps = cliDeps();
  writeFileSync(join(deps.home, 'kdrama.db'), '');
  expect(await run(['list'], deps)).toBe(4);
  expect(deps.err()).toContain('Start it with "kdrama start".\n');
});

test('kdrama alone shows what it can do, and ends with how to begin', async () => {
  const deps = cliDeps();
  expect(await run([], deps)).toBe(2);
  expect(deps.out()).toBe('');
  expect(deps.err()).toMatch(/kdrama upload episode1\.mp4\n[^]*kdrama open\n$/);
});
