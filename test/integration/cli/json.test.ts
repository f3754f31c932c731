import { writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import { errorLine, jsonOutput } from '../../../src/shared/contract/command-line.js';
import { cliDeps, temporaryDirectory } from '../../support/cli-deps.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { videoBytes } from '../../support/file-bytes.js';
import { encodedEpisode } from '../jobs/scripted-worker.js';

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: encodedEpisode(2).runTask });
  writeFileSync(join(daemon.home, 'a.mkv'), videoBytes(5000));
  writeFileSync(join(daemon.home, 'later.srt'), '00:01.000 --> 00:02.000\nwords\n');
});
afterAll(() => daemon.close());

async function kdrama(...words: string[]) {
  const stdin = Readable.from(['a long sentence of words\n']);
  const deps = cliDeps({ home: daemon.home, stdin });
  return { exit: await run(words, deps), out: deps.out(), err: deps.err() };
}

const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

/** Each command by its name in docs/json.md, in an order in which each has something to say. */
const commands: readonly (readonly [keyof typeof jsonOutput, ...string[]])[] = [
  ['upload', 'a.mkv', '--wait=ready', '--series=Goblin'],
  ['subtitle add', 'VIDEO', 'later.srt'],
  ['subtitle list', 'VIDEO'],
  ['show', 'VIDEO'],
  ['list'],
  ['wait', 'VIDEO'],
  ['status', 'VIDEO'],
  ['status --follow', 'VIDEO'],
  ['edit', 'VIDEO', '--season', 'none'],
  ['open', 'VIDEO'],
  ['open', 'VIDEO', '--url'],
  ['start'],
  ['doctor'],
  ['config list'],
  ['token create', 'nightly'],
  ['token list'],
  ['token show'],
  ['token rotate'],
  ['du'],
  ['pause --all'],
  ['resume --all'],
  ['config get', 'lan'],
  ['config set', 'lan', 'false'],
  ['completion', 'bash'],
  ['pair'],
  ['user add', 'mina', '--role', 'user', '--password-stdin'],
  ['user list'],
  ['user role', 'mina', 'uploader'],
  ['user remove', 'mina'],
  ['watch', 'FOLDER'],
  ['watch list'],
  ['watch remove', 'FOLDER'],
  ['rm', 'VIDEO', '--yes'],
];

describe('what --json prints', () => {
  test('is what docs/json.md says, field for field', async () => {
    let videoId = '';
    const folder = temporaryDirectory();
    for (const [name, ...rest] of commands) {
      const places: Record<string, string> = { VIDEO: videoId, FOLDER: folder };
      const given = rest.map((word) => places[word] ?? word);
      const { out, err } = await kdrama(...name.split(' '), ...given, '--json');
      expect(out, `${name}: ${err}`).not.toBe('');
      const lines = linesOf(out);
      for (const line of lines) {
        // Parsing drops what the schema does not name: then the two differ.
        expect(jsonOutput[name]?.line.parse(line), name).toEqual(line);
      }
      if (name === 'upload') ({ videoId } = lines[0] as { videoId: string });
    }
  });

  test('of an error is one line on stderr, and nothing on stdout', async () => {
    for (const words of [
      ['show', 'nope'],
      ['pause', 'nope', 'neither'],
      ['upload', 'b.mkv'],
    ]) {
      const { out, err } = await kdrama(...words, '--json');
      expect(out).toBe('');
      for (const line of linesOf(err)) expect(errorLine.parse(line)).toEqual(line);
    }
  });
});
