import { copyFile, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type {
  WatchedFileList,
  WatchedFileView,
  WatchView,
} from '../../src/shared/contract/index.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { shortClip } from '../support/short-clip.js';
import { endlessTask } from '../support/tasks.js';

let daemon: TestDaemon;
let folder: string;
beforeAll(async () => {
  const env = { KDRAMA_WATCH_SETTLE_SECONDS: '1' };
  daemon = await startTestDaemon({ runTask: endlessTask, env });
});
afterAll(() => daemon.close());
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'kdrama-watched-')));
});
afterEach(() => rm(folder, { recursive: true }));

async function post(body: object): Promise<{ status: number; answer: WatchView }> {
  const response = await daemon.fetch('/watches', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: (await response.json()) as WatchView };
}

async function get<T>(path: string): Promise<T> {
  return (await (await daemon.fetch(path)).json()) as T;
}

const settled = (id: string) =>
  expect
    .poll(() => get<WatchView>(`/watches/${id}`), { timeout: 30_000 })
    .toMatchObject({ settled: true });

test('a folder is watched, listed, shown and removed', async () => {
  const { status, answer } = await post({ path: folder });
  expect([status, answer]).toMatchObject([200, { path: folder, mode: 'keep', origin: 'command' }]);
  expect(await get('/watches')).toMatchObject({ watches: [{ id: answer.id }] });
  await settled(answer.id);
  const removed = await daemon.fetch(`/watches/${answer.id}`, { method: 'DELETE' });
  expect(removed.status).toBe(204);
  expect(await get('/watches')).toEqual({ watches: [] });
});

test('each file is answered with its video or its reason, in pages, by state', async () => {
  await copyFile(await shortClip(), join(folder, 'a.mkv'));
  await writeFile(join(folder, 'b.mkv'), 'text');
  await writeFile(join(folder, 'a.ko.srt'), '1\n00:00:01,000 --> 00:00:02,000\n안녕하세요\n');
  await writeFile(join(folder, 'c.ko.srt'), 'of a video that is not there');
  const { answer } = await post({ path: folder, once: true });
  await settled(answer.id);
  expect(await get(`/watches/${answer.id}`)).toMatchObject({
    state: 'ended',
    files: { waiting: 0, importing: 0, added: 2, refused: 1, noted: 1 },
  });
  const files: WatchedFileView[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: WatchedFileList = await get(
      `/watches/${answer.id}/files?limit=1&cursor=${encodeURIComponent(cursor)}`,
    );
    files.push(...page.files);
    cursor = page.nextCursor;
  }
  expect(files).toMatchObject([
    { path: join(folder, 'a.ko.srt'), state: 'added', error: null },
    { path: join(folder, 'a.mkv'), state: 'added', error: null },
    { path: join(folder, 'b.mkv'), state: 'refused', videoId: null },
    { path: join(folder, 'c.ko.srt'), state: 'noted', videoId: null },
  ]);
  expect(files[0]?.videoId).toBe(files[1]?.videoId);
  expect(files[2]?.error).toMatchObject({ code: 'UPLOAD_INVALID_FORMAT' });
  const refused = await get<WatchedFileList>(`/watches/${answer.id}/files?state=refused`);
  expect(refused.files).toHaveLength(1);
});

test('of another machine nobody sees or names folders, not even an admin', async () => {
  const headers = { 'x-forwarded-for': '192.0.2.7' };
  for (const path of ['/watches', '/watches/nothere', '/watches/nothere/files']) {
    expect((await daemon.fetch(path, { headers })).status).toBe(403);
  }
  const response = await daemon.fetch('/watches', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ path: folder }),
  });
  expect(response.status).toBe(403);
});

test('the library itself is refused', async () => {
  expect(await post({ path: daemon.home })).toMatchObject({
    status: 409,
    answer: { error: { code: 'WATCH_CONFLICT' } },
  });
});
