import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '../../../src/daemon/log.js';
import { RotatingFile } from '../../../src/daemon/rotating-file.js';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kdrama-log-'));
  path = join(directory, 'daemon.log');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('a full log is put aside, three are kept, no line is lost between them', () => {
  const log = new RotatingFile(path, 100);
  for (let line = 0; line < 60; line++) log.write(`line ${String(line).padStart(4)}\n`);
  const files = [3, 2, 1].map((number) => `${path}.${number}`).concat(path);
  const text = files.map((file) => readFileSync(file, 'utf8')).join('');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => Number(line.slice(5)));
  expect(lines.at(-1)).toBe(59);
  expect(lines).toEqual(lines.map((_, index) => (lines[0] ?? 0) + index));
  for (const file of files) expect(statSync(file).size).toBeLessThanOrEqual(100);
  expect(existsSync(`${path}.4`)).toBe(false);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('what is there counts, and is appended to', () => {
  writeFileSync(path, 'x'.repeat(95));
  const log = new RotatingFile(path, 100);
  log.write('abc\n');
  expect(readFileSync(path, 'utf8')).toMatch(/^x+abc\n$/);
  log.write('next\n');
  expect(readFileSync(path, 'utf8')).toBe('next\n');
});

test('a log that can no longer be written stops nobody', () => {
  const log = new RotatingFile(path, 10);
  rmSync(directory, { recursive: true });
  expect(() => log.write('longer than ten bytes\n')).not.toThrow();
  expect(() => log.write('again, longer than ten\n')).not.toThrow();
});

test('below its level nothing is written, and what opens something never', () => {
  const log = openLog({ path }, 'warn');
  log.info('quiet');
  log.warn({ token: 'abc', headers: { authorization: 'Bearer abc', cookie: 'abc' } }, 'loud');
  const text = readFileSync(path, 'utf8');
  expect(text).not.toMatch(/quiet|abc/);
  expect(JSON.parse(text)).toMatchObject({ level: 40, msg: 'loud', token: '[redacted]' });
});
