import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runLogs, type LogsOptions } from '../../../src/cli/commands/logs.js';
import { Interruption } from '../../../src/cli/interruption.js';
import { LogReader } from '../../../src/cli/logs/follow-log.js';
import { readableEntry } from '../../../src/cli/logs/log-line.js';
import { exitCodes } from '../../../src/shared/exit.js';
import { cliDeps, temporaryDirectory } from '../../support/cli-deps.js';

const entry = (facts: object) =>
  JSON.stringify({ level: 30, time: Date.UTC(2026, 0, 2), pid: 1, hostname: 'tv', ...facts });

const options: LogsOptions = {
  json: false,
  quiet: false,
  verbose: false,
  follow: false,
  lines: 50,
  level: 'debug',
};

describe('a line of the log', () => {
  test('reads like a request, or names its facts', () => {
    const request = {
      msg: 'request',
      requestId: 'r1',
      method: 'GET',
      path: '/health',
      status: 200,
    };
    expect(readableEntry(entry({ ...request, ms: 0.4 }))).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} INFO  200 GET \/health 0\.4 ms requestId=r1$/,
    );
    const task = { level: 40, msg: 'task failed', jobId: 'j', error: { code: 'X' }, why: 'a b' };
    expect(readableEntry(entry(task))).toMatch(
      / WARN  task failed jobId=j error=\{"code":"X"\} why="a b"$/,
    );
  });

  test('what is no entry, and what would move the cursor, is harmless', () => {
    expect(readableEntry('Error: crashed\u001b[2J')).toBe('Error: crashed\\u001b[2J');
    expect(readableEntry(entry({ msg: 'a\u009bb\nc' }))).toMatch(/a\\u009bb\\nc$/);
  });
});

describe('kdrama logs', () => {
  function home(): string {
    const directory = temporaryDirectory();
    const lines = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => entry({ msg: `line ${from + at}` })).join('\n');
    writeFileSync(join(directory, 'daemon.log.2'), `${lines(0, 5)}\n`);
    writeFileSync(join(directory, 'daemon.log.1'), `${lines(5, 10)}\n`);
    writeFileSync(
      join(directory, 'daemon.log'),
      `${lines(10, 12)}\n${entry({ level: 50, msg: 'bad' })}\nError: crashed\n`,
    );
    return directory;
  }

  const shown = async (change: Partial<LogsOptions>) => {
    const deps = cliDeps({ home: home() });
    expect(await runLogs({ ...options, ...change }, deps)).toBe(exitCodes.ok);
    return deps.out().trimEnd().split('\n');
  };

  test('prints the last lines, from full logs too', async () => {
    const lines = await shown({ lines: 7 });
    expect(lines).toHaveLength(7);
    expect(lines[0]).toMatch(/ INFO  line 7$/);
    expect(lines.at(-1)).toBe('Error: crashed');
    expect(await shown({})).toHaveLength(14);
  });

  test('of a level only that and graver ones, and crashes', async () => {
    expect(await shown({ level: 'error' })).toEqual([
      expect.stringMatching(/ ERROR bad$/),
      'Error: crashed',
    ]);
  });

  test('as JSON every line is an entry', async () => {
    const entries = (await shown({ json: true, lines: 2 })).map((line) => JSON.parse(line));
    expect(entries).toMatchObject([{ level: 50, msg: 'bad' }, { msg: 'Error: crashed' }]);
  });

  test('where no daemon ran there is none to show', async () => {
    await expect(runLogs(options, cliDeps())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('follows what is written, into the next file, until it is interrupted', async () => {
    const directory = home();
    const path = join(directory, 'daemon.log');
    const stop = new AbortController();
    let rounds = 0;
    const acts = [
      () => appendFileSync(path, entry({ msg: 'half' }).slice(0, 20)),
      () => appendFileSync(path, `${entry({ msg: 'half' }).slice(20)}\n`),
      () => {
        appendFileSync(path, `${entry({ msg: 'the last of the old' })}\n`);
        renameSync(path, `${path}.1`);
        writeFileSync(path, `${entry({ msg: 'the first of the new' })}\n`);
      },
      () => appendFileSync(path, `${entry({ msg: 'and on' })}\n`),
      () => stop.abort(new Interruption(exitCodes.interrupted)),
    ];
    const deps = cliDeps({
      home: directory,
      signal: stop.signal,
      clock: {
        now: Date.now,
        monotonic: () => 0,
        async sleep(_, signal) {
          acts[rounds++]?.();
          signal?.throwIfAborted();
        },
      },
    });
    const following = runLogs({ ...options, follow: true, lines: 0 }, deps);
    await expect(following).rejects.toBeInstanceOf(Interruption);
    const messages = deps.out().trimEnd().split('\n');
    expect(messages.map((line) => line.replace(/^.* INFO {2}/, ''))).toEqual([
      'half',
      'the last of the old',
      'the first of the new',
      'and on',
    ]);
  });

  test('a log that is not there yet is waited for', () => {
    const path = join(temporaryDirectory(), 'daemon.log');
    const reader = new LogReader(path);
    expect(reader.read()).toEqual([]);
    writeFileSync(path, 'one\n');
    expect(reader.read()).toEqual(['one']);
    reader.close();
  });
});
