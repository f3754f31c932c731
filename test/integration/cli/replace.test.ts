import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import { cliDeps } from '../../support/cli-deps.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { videoBytes } from '../../support/file-bytes.js';
import { encodedEpisode } from '../jobs/scripted-worker.js';

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: encodedEpisode(2).runTask });
});
afterAll(() => daemon.close());

async function upload(filename: string, sizeBytes: number, ...words: string[]) {
  writeFileSync(join(daemon.home, filename), videoBytes(sizeBytes));
  const deps = cliDeps({ home: daemon.home });
  const exit = await run(['upload', '--json', '--wait=ready', filename, ...words], deps);
  expect([exit, deps.err()]).toEqual([0, '']);
  return JSON.parse(deps.out()) as { videoId: string; replaces: string | null };
}

test('another file of an episode is added beside it, and takes its place with --replace', async () => {
  const first = await upload('Goblin.S01E03.mkv', 5000);
  await upload('Goblin.S01E04.mkv', 5100);
  expect(first.replaces).toBeNull();
  const beside = await upload('Goblin.S01E03.720p.mkv', 5200);
  expect(beside.replaces).toBeNull();

  const better = await upload('Goblin.S01E03.1080p.mkv', 5300, '--replace');
  expect(better.replaces).toBe(beside.videoId);
  await expect.poll(async () => (await daemon.fetch(`/videos/${beside.videoId}`)).status).toBe(404);
  expect((await daemon.fetch(`/videos/${first.videoId}`)).status).toBe(200);
});

test('that it is there already is said to the person, with what to do', async () => {
  await upload('Signal.S01E01.mkv', 6000);
  writeFileSync(join(daemon.home, 'Signal.S01E01.1080p.mkv'), videoBytes(6100));
  const deps = cliDeps({ home: daemon.home });
  expect(await run(['upload', 'Signal.S01E01.1080p.mkv'], deps)).toBe(0);
  expect(deps.err()).toMatch(/Signal S01E01 is in the library with another file .*--replace/);
});

test('what is replaced is said, and which other files of the episode stay', async () => {
  const first = await upload('Mine.S01E01.mkv', 7000);
  const replace = async (name: string, sizeBytes: number) => {
    writeFileSync(join(daemon.home, name), videoBytes(sizeBytes));
    const deps = cliDeps({ home: daemon.home });
    expect(await run(['upload', '--wait', '--progress=plain', '--replace', name], deps)).toBe(0);
    return deps.err();
  };
  const only = `Replaces ${first.videoId} (Mine S01E01) as soon as it is ready.\n`;
  expect(await replace('Mine.S01E01.720p.mkv', 7100)).toContain(only);

  const second = await upload('Mine.S01E01.a.mkv', 7200);
  const third = await upload('Mine.S01E01.b.mkv', 7300);
  const said = await replace('Mine.S01E01.c.mkv', 7400);
  expect(said).toContain(`Replaces ${third.videoId} (`);
  expect(said).toMatch(
    new RegExp(`newest of 3 files of the episode; these stay: ${second.videoId}, `),
  );
});
