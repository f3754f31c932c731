import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { episodeClip, makeClip } from '../../support/clips.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { videoBytes } from '../../support/file-bytes.js';
import { endlessTask } from '../../support/tasks.js';

let home: string;
let daemon: TestDaemon;
let bytes: Record<'poor' | 'better', Uint8Array<ArrayBuffer>>;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kdrama-replacement-'));
  const clip = (size: '320x180' | '640x360') =>
    makeClip({ ...episodeClip, subtitles: [], seconds: 3, size }).then(async (path) =>
      Uint8Array.from(await readFile(path)),
    );
  bytes = { poor: await clip('320x180'), better: await clip('640x360') };
  daemon = await startTestDaemon({ home });
});
afterAll(async () => {
  await daemon.close();
  await rm(home, { recursive: true });
});

async function add(body: Uint8Array<ArrayBuffer>, filename: string): Promise<string> {
  const query = new URLSearchParams({ filename });
  const response = await daemon.fetch(`/upload?${query}`, { method: 'PUT', body });
  return (await response.json()).videoId as string;
}
const replace = (id: string, videoId: string) =>
  daemon.fetch(`/videos/${id}/replacement`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ videoId }),
  });
const video = async (id: string) => (await daemon.fetch(`/videos/${id}`)).json();
const ready = (id: string) =>
  daemon.fetch(`/jobs/${id}`, { headers: { prefer: 'wait=60' } }).then((answer) => answer.json());
const isGone = (id: string) =>
  expect
    .poll(async () => (await daemon.fetch(`/videos/${id}`)).status, { timeout: 20_000 })
    .toBe(404);

describe('another file of an episode', () => {
  test('plays in its place, with its names, once it is ready, also over a restart', async () => {
    const poor = await add(bytes.poor, 'Goblin.S01E03.mkv');
    expect(await ready(poor)).toMatchObject({ status: 'completed' });
    await daemon.fetch(`/videos/${poor}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'The third one' }),
    });

    // Nothing is made while this daemon lives.
    await daemon.close();
    daemon = await startTestDaemon({ home, runTask: endlessTask });
    const better = await add(bytes.better, 'goblin 3 remastered.mkv');
    const answer = await replace(poor, better);
    expect(answer.status).toBe(200);
    const names = { title: 'The third one', series: 'Goblin', season: 1, episode: 3 };
    expect(await answer.json()).toMatchObject({ id: better, ...names });
    expect(await video(poor)).toMatchObject({ replacedBy: better, playable: true });
    expect((await daemon.fetch(`/stream/${poor}/hls/master.m3u8`)).status).toBe(200);

    await daemon.close();
    daemon = await startTestDaemon({ home });
    expect(await ready(better)).toMatchObject({ status: 'completed' });
    await isGone(poor);
    expect(existsSync(join(home, 'media', 'videos', poor))).toBe(false);
    expect(await video(better)).toMatchObject({ ...names, replacedBy: null, playable: true });
  });

  test('that is ready already takes the place at once', async () => {
    const better = await add(bytes.better, 'better.mkv');
    await ready(better);
    const poor = await add(bytes.poor, 'Signal.S01E01.mkv');
    expect((await replace(poor, better)).status).toBe(200);
    await isGone(poor);
  });

  test('is another one that stays, or nothing is changed', async () => {
    const [one, two] = [await add(bytes.poor, 'one.mkv'), await add(bytes.better, 'two.mkv')];
    await daemon.fetch(`/jobs/${two}`, { method: 'DELETE' });
    const refused = async (id: string, by: string) => {
      const answer = await replace(id, by);
      return `${answer.status} ${(await answer.json()).error.code}`;
    };
    expect(await refused(one, one)).toBe('409 VIDEO_NOT_REPLACEABLE');
    expect(await refused(one, 'nothere')).toBe('404 STREAM_VIDEO_NOT_FOUND');
    expect(await refused('nothere', two)).toBe('404 STREAM_VIDEO_NOT_FOUND');
    expect(await video(one)).toMatchObject({ replacedBy: null });
  });
});

test('a title that nobody gave is that of the new file', async () => {
  const waiting = await startTestDaemon({ runTask: endlessTask });
  const upload = async (filename: string, size: number) => {
    const query = new URLSearchParams({ filename });
    const body = new Uint8Array(videoBytes(size));
    const response = await waiting.fetch(`/upload?${query}`, { method: 'PUT', body });
    return ((await response.json()) as { videoId: string }).videoId;
  };
  const old = await upload('Fresh.S01E01.First.Cut.mkv', 5000);
  const next = await upload('Fresh.S01E01.Last.Cut.mkv', 5100);
  const answer = await waiting.fetch(`/videos/${old}/replacement`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ videoId: next }),
  });
  expect(answer.status).toBe(200);
  const view = (await (await waiting.fetch(`/videos/${next}`)).json()) as { title: string };
  expect(view.title).toBe('Fresh S01E01 Last Cut');
  await waiting.close();
});
