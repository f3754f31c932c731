import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import { cliDeps } from '../../support/cli-deps.js';

test('files that are all missing start no daemon', async () => {
  // These deps throw where one is started.
  const one = cliDeps();
  expect(await run(['upload', 'gone.mkv'], one)).toBe(1);
  expect(one.err()).toContain('kdrama: gone.mkv: File cannot be read: there is no such file');
  const two = cliDeps();
  expect(await run(['upload', 'gone.mkv', 'away.mkv'], two)).toBe(1);
  expect(two.err()).toContain('kdrama: away.mkv: ');
});

test.each([
  [[], 'No files were named.\n'],
  [['--quiet'], ''],
  [['--json'], ''],
])('a list without names starts no daemon and is no failure (%j)', async (how, said) => {
  const deps = cliDeps({ stdin: Readable.from(['\n']) });
  expect(await run(['upload', '--files-from', '-', ...how], deps)).toBe(0);
  expect(deps.out() + deps.err()).toBe(said);
});
