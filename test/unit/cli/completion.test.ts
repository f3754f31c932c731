import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import type { Health } from '../../../src/shared/contract/index.js';
import { cliDeps } from '../../support/cli-deps.js';
import {
  daemonDouble,
  errorAnswer,
  jobView,
  videoView,
  type Routes,
} from '../../support/daemon-double.js';

const closing: { close(): Promise<void> }[] = [];
let deps: ReturnType<typeof cliDeps>;
beforeEach(() => (deps = cliDeps()));
afterEach(() => Promise.all(closing.splice(0).map((double) => double.close())));

async function daemonWith(routes: Routes, facts: Partial<Health> = {}) {
  const double = await daemonDouble(deps.home, routes, facts);
  closing.push(double);
  return double;
}

/** What may stand in the place of the last word. */
async function offered(...words: string[]): Promise<string[]> {
  expect(await run(['__complete', '--', ...words], deps)).toBe(0);
  expect(deps.err()).toBe('');
  return deps.out().split('\n').filter(Boolean);
}

const valuesOf = (lines: readonly string[]) => lines.map((line) => line.split('\t')[0]);

test('the first word is a command, with what it does', async () => {
  expect(await offered('sta')).toEqual([
    expect.stringMatching(/^status\t./),
    expect.stringMatching(/^start\t./),
  ]);
});

test.each([
  [
    ['user', 'r'],
    ['role', 'remove'],
  ],
  [
    ['upload', '--ti'],
    ['--timeout', '--title'],
  ],
  [
    ['upload', '--via', ''],
    ['auto', 'http'],
  ],
  [['wait', '--for=p'], ['--for=playable']],
  [['upload', '--wait', '=', 'r'], ['--wait=ready']],
  [['upload', 'a.mkv', ''], [':files']],
  [['upload', '--title', 'x', '--files-from', ''], [':files']],
  [['serve', '--tls-cert', ''], [':files']],
  [['logs', '-n', ''], []],
  [['status', '--', '--f'], []],
  [
    ['config', 'get', 'tls'],
    ['tls.cert', 'tls.key'],
  ],
  [['nonsense', ''], []],
  [
    ['watch', ''],
    [':directories', 'list', 'remove'],
  ],
  [['watch', '--once', './tv', ''], [':directories']],
  [['watch', 'list', ''], [':directories']],
])('after %j comes one of %j', async (words, values) => {
  expect(valuesOf(await offered(...words))).toEqual(values);
});

test('ids come from the daemon that runs, with titles in one harmless line', async () => {
  const double = await daemonWith(() => ({ body: { videos: [videoView({ title: 'a\tb' })] } }));
  expect(await offered('show', 'vid')).toEqual(['video1\tRain S01E03 “a\\tb”']);
  expect(double.requests()).toEqual(['GET /health', 'GET /videos?limit=100']);
});

test('ids of jobs say how far they are', async () => {
  await daemonWith(() => ({ body: { jobs: [jobView(), jobView({ jobId: 'other' })] } }));
  expect(await offered('cancel', 'jo')).toEqual(['job1\tRain (playable 41%)']);
});

test('what a title begins with already is not said twice', async () => {
  const facts = { series: '눈물의 여왕', season: null, title: '눈물의 여왕 E03' };
  await daemonWith(() => ({ body: { videos: [videoView(facts)] } }));
  expect(await offered('show', '')).toEqual(['video1\t눈물의 여왕 E03']);
});

test.each([
  ['cancel', 'submitted,queued,processing,paused'],
  ['pause', 'submitted,queued,processing'],
  ['resume', 'paused'],
  ['retry', 'failed,cancelled'],
])('%s is offered jobs that are %s', async (command, states) => {
  const double = await daemonWith(() => ({ body: { jobs: [jobView()] } }));
  expect(await offered(command, '')).toHaveLength(1);
  expect(double.requests().at(-1)).toBe(`GET /jobs?limit=100&status=${states}`);
});

test('without a daemon none is started, and nothing is said', async () => {
  expect(await offered('cancel', '')).toEqual([]);
});

test('a daemon that refuses, or is of another version, is nothing to talk about either', async () => {
  await daemonWith(() => errorAnswer(401, 'AUTH_INVALID_TOKEN', 'no'), { version: '9.9.9' });
  expect(await offered('show', '')).toEqual([]);
});
