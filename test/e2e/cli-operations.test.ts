import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cliHome, type CliHome } from '../support/cli.js';

let cli: CliHome;
beforeAll(async () => {
  cli = await cliHome({ KDRAMA_LOG_LEVEL: 'info', KDRAMA_RETENTION_DAYS: '9' });
  expect((await cli.kdrama('start')).exit).toBe(0);
});
afterAll(() => cli.remove());

test('kdrama config list says what the daemon runs with and where it comes from', async () => {
  const { exit, out } = await cli.kdrama('config', 'list', '--show-origin');
  expect(exit).toBe(0);
  expect(out).toMatch(/^jobs\.retentionDays\t9\tenvironment\tKDRAMA_RETENTION_DAYS\t/m);
  const json = (await cli.kdrama('config', 'list', '--json')).out.trim().split('\n');
  expect(json.map((line) => (JSON.parse(line) as { key: string }).key)).toContain('listen');
});

test('kdrama logs shows what the daemon did', async () => {
  await cli.kdrama('list');
  const { exit, out } = await cli.kdrama('logs', '-n', '200');
  expect(exit).toBe(0);
  expect(out).toMatch(/ INFO {2}listening url=http:\/\/127\.0\.0\.1:\d+/);
  expect(out).toMatch(/ INFO {2}200 GET \/api\/v1\/videos [\d.]+ ms requestId=\w+/);
  const last = (await cli.kdrama('logs', '-n', '1', '--json')).out;
  expect(JSON.parse(last)).toMatchObject({ level: 30 });
});

test('kdrama logs -f follows into the next file when the log is full', async () => {
  const path = join(cli.home, 'daemon.log');
  const following = cli.start(['logs', '-f', '-n', '1']);
  await following.said(/INFO/);
  // Full: the first line of the next daemon begins a new file.
  expect((await cli.kdrama('stop')).exit).toBe(0);
  appendFileSync(path, `${'x'.repeat(10 * 1024 ** 2)}\n`);
  expect((await cli.kdrama('start')).exit).toBe(0);
  await following.said(/INFO {2}listening/);
  following.child.kill('SIGINT');
  expect((await following.ended).exit).toBe(130);
  expect(existsSync(`${path}.1`)).toBe(true);
  expect(readFileSync(path, 'utf8')).toMatch(/"msg":"listening"/);
});
