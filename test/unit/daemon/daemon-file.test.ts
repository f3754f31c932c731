import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { DaemonFile } from '../../../src/daemon/daemon-file.js';

const minuteMs = 60_000;
const start = Date.parse('2026-01-01T00:00:00.000Z');
let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'kdrama-file-')), 'daemon.json');
});

/** A daemon that is started `minute` minutes later; what its file says of those that died. */
function startAt(minute: number): { file: DaemonFile; deaths: string[] } {
  const file = new DaemonFile(path, start + minute * minuteMs);
  file.write({ url: 'http://127.0.0.1:1' });
  return { file, ...(JSON.parse(readFileSync(path, 'utf8')) as { deaths: string[] }) };
}

test('who finds a file knows that its writer died, and of those before it in the last minutes', () => {
  expect(startAt(0).deaths).toEqual([]);
  expect(startAt(1).deaths).toEqual(['2026-01-01T00:01:00.000Z']);
  expect(startAt(2).deaths).toHaveLength(2);
  expect(startAt(11.5).deaths).toEqual(['2026-01-01T00:02:00.000Z', '2026-01-01T00:11:30.000Z']);
});

test('who stops in order leaves none', () => {
  startAt(0).file.remove();
  expect(startAt(1).deaths).toEqual([]);
});

test('one that was cut off is a death too', () => {
  writeFileSync(path, '{"pid":');
  expect(startAt(1).deaths).toHaveLength(1);
});
