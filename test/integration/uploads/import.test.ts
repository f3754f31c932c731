import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { UploadStatus } from '../../../src/shared/contract/index.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { sha256, videoBytes } from '../../support/file-bytes.js';
import { endlessTask } from '../../support/tasks.js';
import { uploadClient } from '../../support/upload-client.js';

let daemon: TestDaemon;
let folder: string;
let path: string;
let bytes: Buffer;

beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: endlessTask });
});
afterAll(() => daemon.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kdrama-import-'));
  path = join(folder, '도깨비.E01.mkv');
  bytes = videoBytes(300_000);
  await writeFile(path, bytes);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function identity() {
  const { dev, ino, size, mtimeMs } = await stat(path);
  return { device: dev, inode: ino, sizeBytes: size, mtimeMs };
}

const start = (body: object) => uploadClient(daemon).post('/import', { path, ...body });

/** Follows an import until it has ended. */
async function ended(response: Response): Promise<UploadStatus> {
  expect(response.status).toBe(202);
  const { uploadId } = (await response.json()) as { uploadId: string };
  for (;;) {
    const status = (await (await daemon.fetch(`/upload/${uploadId}`)).json()) as UploadStatus;
    if (status.state !== 'importing') return status;
  }
}

test('a file both sides see alike becomes a video without travelling', async () => {
  const status = await ended(await start({ identity: await identity() }));
  expect(status).toMatchObject({ state: 'complete', receivedBytes: 300_000, error: null });
  expect(status.videoId).toBe(status.uploadId);
  const view = await (await daemon.fetch(`/videos/${status.videoId}`)).json();
  expect(view).toMatchObject({ sha256: sha256(bytes), series: '도깨비', episode: 1 });
  const copy = join(daemon.home, 'media/videos', status.uploadId, 'source');
  expect(sha256(await readFile(copy))).toBe(sha256(bytes));
  expect((await stat(copy)).ino).not.toBe((await stat(path)).ino);
  expect((await stat(copy)).mode & 0o777).toBe(0o600);
});

test('known content is answered with its video and not stored twice', async () => {
  const first = await ended(await start({}));
  const second = await ended(await start({}));
  expect(second).toMatchObject({ state: 'complete', videoId: first.videoId });
  // The copy goes once the answer is certain, which is a moment later.
  await expect.poll(() => readdir(join(daemon.home, 'media/uploads'))).toEqual([]);
  expect(await readdir(join(daemon.home, 'media/videos'))).not.toContain(second.uploadId);
});

test('a link shares the file, leaves its mode alone, and is known by its identity', async () => {
  await chmod(path, 0o644);
  const status = await ended(await start({ link: true }));
  const source = await stat(join(daemon.home, 'media/videos', status.uploadId, 'source'));
  expect(source.ino).toBe((await stat(path)).ino);
  expect(source.mode & 0o777).toBe(0o644);
});

test.each([
  ['another inode', { inode: 1 }],
  ['another size', { sizeBytes: 1 }],
  ['another time', { mtimeMs: 1 }],
])('a client that sees %s is told IMPORT_UNAVAILABLE', async (_, seen) => {
  const response = await start({ identity: { ...(await identity()), ...seen } });
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({ error: { code: 'IMPORT_UNAVAILABLE' } });
});

test('what is no readable regular file is refused, a FIFO without waiting for it', async () => {
  const fifo = join(folder, 'fifo.mkv');
  execFileSync('mkfifo', [fifo]);
  for (const wrong of [join(folder, 'gone.mkv'), folder, fifo]) {
    const response = await start({ path: wrong });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'FILE_UNREADABLE' } });
    const seen = await start({ path: wrong, identity: await identity() });
    expect(await seen.json()).toMatchObject({ error: { code: 'IMPORT_UNAVAILABLE' } });
  }
  expect((await start({ path: 'relative.mkv' })).status).toBe(400);
});

test('a file that is no video ends as failed and says what it is', async () => {
  await writeFile(path, '%PDF-1.7 this is a document');
  const status = await ended(await start({}));
  expect(status).toMatchObject({
    state: 'failed',
    error: {
      code: 'UPLOAD_INVALID_FORMAT',
      message: 'File format not supported: expected a video, this is a PDF document',
    },
  });
  expect(await readdir(join(daemon.home, 'media/uploads'))).toEqual([]);
});

test('a file is named after the folders that it lies in, unless the client says otherwise', async () => {
  path = join(folder, '시그널'.normalize('NFD'), '시즌2', '03.mkv');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  const { videoId } = await ended(await start({}));
  const view = await (await daemon.fetch(`/videos/${videoId}`)).json();
  const found = await (await daemon.fetch('/videos?query=시그널')).json();
  const names = { series: '시그널', season: 2, episode: 3, title: '시그널 S02E03' };
  expect(view).toMatchObject({ ...names, filename: '03.mkv' });
  expect(found).toMatchObject({ videos: [names] });

  await writeFile(path, videoBytes(400_000));
  const other = await ended(await start({ metadata: { series: 'Signal', episode: 4 } }));
  expect(await (await daemon.fetch(`/videos/${other.videoId}`)).json()).toMatchObject({
    ...{ series: 'Signal', season: 2, episode: 4, title: 'Signal S02E04' },
  });
});

test('names with quotes, line breaks and % are just text', async () => {
  const filename = `we"ird\n'name %d\\x.mkv`;
  const status = await ended(await start({ filename }));
  const view = await (await daemon.fetch(`/videos/${status.videoId}`)).json();
  expect(view).toMatchObject({ filename, title: `we"ird\n'name %d\\x` });
});
