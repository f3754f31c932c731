import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  jobList,
  seriesList,
  videoList,
  type UploadAccepted,
} from '../../src/shared/contract/index.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { videoBytes } from '../support/file-bytes.js';
import { inSeconds, jsonWebToken } from '../support/json-web-token.js';
import { endlessTask } from '../support/tasks.js';

const secret = 'a secret that is shared with other programs';
let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: endlessTask, env: { KDRAMA_JWT_SECRET: secret } });
});
afterAll(() => daemon.close());

const bearer = (userId: string) => {
  const role = 'uploader' as const;
  const token = jsonWebToken(secret, { userId, username: userId, role, exp: inSeconds(3600) });
  return { authorization: `Bearer ${token}` };
};

async function add(filename: string, headers: Record<string, string> = {}) {
  const response = await daemon.fetch(`/upload?filename=${encodeURIComponent(filename)}`, {
    method: 'PUT',
    body: new Uint8Array(videoBytes(2000)),
    headers,
  });
  expect(response.status).toBe(202);
  return (await response.json()) as UploadAccepted;
}

const videos = async (query: string) =>
  videoList.parse(await (await daemon.fetch(`/videos?${query}`)).json());
const titles = async (query: string) => (await videos(query)).videos.map(({ title }) => title);
const patch = (id: string, change: object, headers: Record<string, string> = {}) =>
  daemon.fetch(`/videos/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(change),
  });
const remove = (id: string, headers: Record<string, string> = {}) =>
  daemon.fetch(`/videos/${id}`, { method: 'DELETE', headers });

describe('a library', () => {
  beforeAll(async () => {
    for (const name of ['Goblin.S01E01', 'Goblin.S01E02', 'Signal E01', '도깨비 1화', 'One Off']) {
      await add(`${name}.mkv`);
    }
  });

  test('comes in pages, the newest first, each video once', async () => {
    const first = await videos('limit=2');
    expect(first.videos.map(({ title }) => title)).toEqual(['One Off', '도깨비 E01']);
    const second = await videos(`limit=2&cursor=${first.nextCursor}`);
    const third = await videos(`limit=2&cursor=${second.nextCursor}`);
    expect([...second.videos, ...third.videos].map(({ title }) => title)).toEqual([
      'Signal E01',
      'Goblin S01E02',
      'Goblin S01E01',
    ]);
    expect(third.nextCursor).toBeNull();
  });

  test('a page is not shifted by what is added meanwhile', async () => {
    const first = await videos('limit=2');
    const { videoId } = await add('Late.mkv');
    const second = await videos(`limit=1&cursor=${first.nextCursor}`);
    expect(second.videos.map(({ title }) => title)).toEqual(['Signal E01']);
    await remove(videoId);
  });

  test('is searched by the beginnings of words, in any order and case', async () => {
    expect(await titles('query=GOB')).toEqual(['Goblin S01E02', 'Goblin S01E01']);
    expect(await titles('query=s01e02+goblin')).toEqual(['Goblin S01E02']);
    expect(await titles(`query=${encodeURIComponent('도깨')}`)).toEqual(['도깨비 E01']);
    expect(await titles(`query=${encodeURIComponent('도깨비'.normalize('NFD'))}`)).toEqual([
      '도깨비 E01',
    ]);
    expect(await titles('query=oblin')).toEqual([]);
    expect(await titles(`query=${encodeURIComponent('"*')}`)).toEqual([]);
    expect(await titles('query=gob&limit=1')).toEqual(['Goblin S01E02']);
  });

  test('lists its series, and the videos of one', async () => {
    expect(await titles('series=Goblin')).toEqual(['Goblin S01E02', 'Goblin S01E01']);
    expect(await titles('series=Goblin&query=e01')).toEqual([]);
    expect(await titles('series=Goblin&query=s01e01')).toEqual(['Goblin S01E01']);
    const page = async (query: string) =>
      seriesList.parse(await (await daemon.fetch(`/series?${query}`)).json());
    const { series, nextCursor } = await page('limit=2');
    expect(series.map((each) => [each.series, each.videos])).toEqual([
      ['Goblin', 2],
      ['Signal', 1],
    ]);
    const rest = await page(`limit=2&cursor=${encodeURIComponent(nextCursor ?? '')}`);
    expect(rest.series.map((each) => each.series)).toEqual(['도깨비']);
    expect(rest.nextCursor).toBeNull();
  });

  test('limits and cursors that are none are 400', async () => {
    for (const query of ['limit=0', 'limit=501', 'limit=x', 'cursor=x', 'limit=', 'cursor=-1']) {
      expect([query, (await daemon.fetch(`/videos?${query}`)).status]).toEqual([query, 400]);
    }
    expect((await daemon.fetch('/jobs?cursor=1')).status).toBe(400);
  });

  test('its jobs come in pages too, by their status', async () => {
    const page = async (query: string) =>
      jobList.parse(await (await daemon.fetch(`/jobs?${query}`)).json());
    const all = (await page('')).jobs.map(({ jobId }) => jobId);
    const first = await page('limit=3');
    const second = await page(`limit=3&cursor=${first.nextCursor}`);
    expect([...first.jobs, ...second.jobs].map(({ jobId }) => jobId)).toEqual(all);
    expect(second.nextCursor).toBeNull();
    await daemon.fetch(`/jobs/${all[1]}`, { method: 'DELETE' });
    const cancelled = await page('status=cancelled,failed');
    expect(cancelled.jobs.map(({ jobId }) => jobId)).toEqual([all[1]]);
    expect((await page('status=submitted,processing')).jobs).toHaveLength(all.length - 1);
  });
});

describe('PATCH /videos/:id', () => {
  test('names it anew, in the answer, the search and the file beside it', async () => {
    const { videoId } = await add('Goblin.S01E09.mkv');
    const metadata = join(daemon.home, 'media', 'videos', videoId, 'metadata.json');
    await writeFile(metadata, JSON.stringify({ version: 1, video: {}, plan: 'kept' }));
    const change = { title: 'The Bride', series: 'Guardian', season: null, episode: 0 };
    const changed = await patch(videoId, change);
    expect(changed.status).toBe(200);
    expect(await changed.json()).toMatchObject({ ...change, episodeKnown: true, description: '' });
    expect(await titles('query=bride')).toEqual(['The Bride']);
    expect(await titles('series=Guardian')).toEqual(['The Bride']);
    expect(JSON.parse(await readFile(metadata, 'utf8'))).toMatchObject({
      plan: 'kept',
      video: { id: videoId, ...change },
    });
    const again = await (await patch(videoId, { description: 'It rains', episode: null })).json();
    expect(again).toMatchObject({ title: 'The Bride', description: 'It rains', episode: 0 });
    expect(again.episodeKnown).toBe(false);
  });

  test('of somebody else is 403, of nothing 404, of no name 400', async () => {
    const { videoId } = await add('Mina.mkv', bearer('mina'));
    expect((await patch(videoId, { title: 'x' }, bearer('jun'))).status).toBe(403);
    expect((await patch(videoId, { title: 'x' }, bearer('mina'))).status).toBe(200);
    expect((await patch('nothere', { title: 'x' })).status).toBe(404);
    expect((await patch(videoId, { title: '' })).status).toBe(400);
  });
});

describe('DELETE /videos/:id', () => {
  test('stops its work and leaves neither row nor byte', async () => {
    const { videoId, transcodingJobId, uploadId } = await add('Gone.E01.mkv');
    const directory = join(daemon.home, 'media', 'videos', videoId);
    expect(existsSync(directory)).toBe(true);
    expect((await remove(videoId)).status).toBe(204);
    expect(existsSync(directory)).toBe(false);
    for (const path of [`/videos/${videoId}`, `/jobs/${transcodingJobId}`, `/stream/${videoId}`]) {
      expect([path, (await daemon.fetch(path)).status]).toEqual([path, 404]);
    }
    expect(await titles('query=gone')).toEqual([]);
    expect((await daemon.fetch(`/upload/${uploadId}`)).status).toBeLessThan(500);
    expect((await remove(videoId)).status).toBe(404);
  });

  test('asked for twice at once is done once', async () => {
    const { videoId } = await add('Twice.mkv');
    const statuses = await Promise.all([remove(videoId), remove(videoId)]);
    expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([204, 404]));
  });

  test('makes room for the same file again', async () => {
    const body = new Uint8Array(videoBytes(2000));
    const send = async () => {
      const response = await daemon.fetch('/upload?filename=a.mkv', { method: 'PUT', body });
      return ((await response.json()) as UploadAccepted).videoId;
    };
    const first = await send();
    await remove(first);
    const second = await send();
    expect(second).not.toBe(first);
    expect((await daemon.fetch(`/videos/${second}`)).status).toBe(200);
  });

  test('of somebody else is 403, and nothing goes', async () => {
    const { videoId } = await add('Keep.mkv', bearer('mina'));
    expect((await remove(videoId, bearer('jun'))).status).toBe(403);
    expect((await daemon.fetch(`/videos/${videoId}/source`)).status).toBe(200);
    expect((await remove(videoId, bearer('mina'))).status).toBe(204);
  });
});
