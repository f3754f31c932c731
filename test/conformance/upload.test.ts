import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { sha256, videoBytes } from '../support/file-bytes.js';
import { endlessTask } from '../support/tasks.js';
import { uploadClient } from '../support/upload-client.js';

const MiB = 1024 * 1024;
let daemon: TestDaemon;
let client: ReturnType<typeof uploadClient>;

beforeAll(async () => {
  // The numbers of the contract need more room than a test machine may have.
  const freeBytes = () => Promise.resolve(1e13);
  daemon = await startTestDaemon({ freeBytes, runTask: endlessTask });
  client = uploadClient(daemon);
});
afterAll(() => daemon.close());

describe('POST /upload/start', () => {
  test('1,500,000,000 bytes in 5,242,880-byte chunks give 287 URLs and 24 hours', async () => {
    const response = await client.start({
      filename: 'episode1.mp4',
      totalSize: 1_500_000_000,
      chunkSize: 5_242_880,
      metadata: { title: 'Episode 1', series: 'Goblin', episode: 1, description: 'x', season: 1 },
    });
    expect(response.status).toBe(200);
    const body = (await response.json()) as Record<string, unknown>;
    expect(Object.keys(body).toSorted()).toEqual(['chunkUrls', 'expiresAt', 'uploadId']);
    const { uploadId, chunkUrls, expiresAt } = body as {
      uploadId: string;
      chunkUrls: string[];
      expiresAt: string;
    };
    expect(chunkUrls).toHaveLength(287);
    expect(chunkUrls[0]).toBe(`/api/v1/upload/chunk/${uploadId}/0`);
    expect(chunkUrls[286]).toBe(`/api/v1/upload/chunk/${uploadId}/286`);
    const hours = (Date.parse(expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
  });

  test('3,000,000,000 bytes are 413 and the hint names the setting', async () => {
    const response = await client.start({ totalSize: 3_000_000_000, chunkSize: 5_242_880 });
    expect(response.status).toBe(413);
    const { error } = (await response.json()) as { error: Record<string, string> };
    expect(error['code']).toBe('UPLOAD_FILE_TOO_LARGE');
    expect(error['message']).toMatch(/^File size exceeds maximum allowed \(2GB\)/);
    expect(error['hint']).toContain('upload.maxBytes');
  });

  test('exactly 2 GiB passes, one byte more does not', async () => {
    const chunkSize = 64 * MiB;
    expect((await client.start({ totalSize: 2048 * MiB, chunkSize })).status).toBe(200);
    expect((await client.start({ totalSize: 2048 * MiB + 1, chunkSize })).status).toBe(413);
  });

  test('chunkSize is 1 byte to 64 MiB, and at most 65,536 chunks', async () => {
    const statusFor = async (totalSize: number, chunkSize: number) =>
      (await client.start({ totalSize, chunkSize })).status;
    expect(await statusFor(10, 1)).toBe(200);
    expect(await statusFor(10, 0)).toBe(400);
    expect(await statusFor(10, 64 * MiB)).toBe(200);
    expect(await statusFor(10, 64 * MiB + 1)).toBe(400);
    expect(await statusFor(65_536, 1)).toBe(200);
    expect(await statusFor(65_537, 1)).toBe(400);
  });

  test('metadata fields are optional', async () => {
    const body = { filename: 'a.mp4', totalSize: 10, chunkSize: 10 };
    expect((await client.post('/upload/start', body)).status).toBe(200);
  });

  test('notes.txt is 400 UPLOAD_INVALID_FORMAT at once', async () => {
    const response = await client.start({ filename: 'notes.txt', totalSize: 10, chunkSize: 10 });
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('UPLOAD_INVALID_FORMAT');
    expect(error.message).toMatch(/^File format not supported/);
  });

  test('an empty file is 400 UPLOAD_INVALID_FORMAT', async () => {
    const response = await client.start({ totalSize: 0, chunkSize: 10 });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'UPLOAD_INVALID_FORMAT' } });
  });
});

describe('POST /upload/chunk/:uploadId/:chunkIndex', () => {
  const bytes = videoBytes(10_000);
  const chunk = bytes.subarray(0, 4096);
  const startOne = async () =>
    (await client.started({ totalSize: bytes.length, chunkSize: 4096 })).uploadId;

  test('a multipart field "chunk" gives {chunkIndex, received, checksum}', async () => {
    const uploadId = await startOne();
    const form = new FormData();
    form.append('chunk', new Blob([new Uint8Array(chunk)]), 'blob');
    const response = await daemon.fetch(`/upload/chunk/${uploadId}/0`, {
      method: 'POST',
      headers: { 'x-chunk-checksum': sha256(chunk).toUpperCase() },
      body: form,
    });
    expect(response.status).toBe(200);
    const expected = { chunkIndex: 0, received: true, checksum: sha256(chunk) };
    expect(await response.json()).toEqual(expected);
  });

  test('raw bytes do the same', async () => {
    const response = await client.chunk(await startOne(), 0, chunk);
    expect(response.status).toBe(200);
    const expected = { chunkIndex: 0, received: true, checksum: sha256(chunk) };
    expect(await response.json()).toEqual(expected);
  });

  test('no checksum is 400', async () => {
    const response = await daemon.fetch(`/upload/chunk/${await startOne()}/0`, {
      method: 'POST',
      body: new Uint8Array(chunk),
    });
    expect(response.status).toBe(400);
  });

  test('a mismatch is 400 and nothing is stored', async () => {
    const uploadId = await startOne();
    const response = await client.chunk(uploadId, 0, chunk, sha256(Buffer.from('other')));
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('UPLOAD_CHECKSUM_MISMATCH');
    expect(error.message).toMatch(/^Chunk integrity check failed/);
    const state = await (await daemon.fetch(`/upload/${uploadId}`)).json();
    expect(state).toMatchObject({ receivedBytes: 0, missingChunks: [0, 1, 2] });
  });

  test('the wrong length is 400, a chunk that does not exist too, an unknown upload 404', async () => {
    const uploadId = await startOne();
    expect((await client.chunk(uploadId, 0, chunk.subarray(1))).status).toBe(400);
    expect((await client.chunk(uploadId, 3, chunk)).status).toBe(400);
    const unknown = await client.chunk('nosuchupload00', 0, chunk);
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({ error: { code: 'UPLOAD_NOT_FOUND' } });
  });

  test('the same chunk again is 200, other bytes in its place are 409', async () => {
    const uploadId = await startOne();
    expect((await client.chunk(uploadId, 0, chunk)).status).toBe(200);
    expect((await client.chunk(uploadId, 0, chunk)).status).toBe(200);
    expect((await client.chunk(uploadId, 0, videoBytes(4096))).status).toBe(409);
  });

  test('GET and DELETE of the upload: what is missing, and the end of it', async () => {
    const uploadId = await startOne();
    await client.chunk(uploadId, 2, bytes.subarray(8192));
    const state = await (await daemon.fetch(`/upload/${uploadId}`)).json();
    expect(state).toMatchObject({ state: 'open', receivedBytes: 1808, missingChunks: [0, 1] });
    expect((await daemon.fetch(`/upload/${uploadId}`, { method: 'DELETE' })).status).toBe(204);
    expect((await client.chunk(uploadId, 0, chunk)).status).toBe(404);
  });
});

describe('POST /upload/complete/:uploadId', () => {
  const bytes = videoBytes(100_000);

  test('202, Location, Link and the video; once more the same; known content the same video', async () => {
    const uploadId = await client.sent(bytes, 30_000);
    const response = await client.complete(uploadId, sha256(bytes).toUpperCase());
    expect(response.status).toBe(202);
    const body = (await response.json()) as { transcodingJobId: string };
    expect(body).toEqual({
      uploadId,
      videoId: uploadId,
      status: 'processing',
      transcodingJobId: expect.any(String) as string,
    });
    const job = `/api/v1/jobs/${body.transcodingJobId}`;
    expect(response.headers.get('location')).toBe(`${job}/monitor`);
    expect(response.headers.get('link')).toBe(`<${job}>; rel="status"`);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    // The transcode has started by itself.
    expect((await daemon.fetch(job)).status).toBe(200);

    const again = await client.complete(uploadId, sha256(bytes));
    expect(again.status).toBe(202);
    expect(await again.json()).toEqual(body);

    const second = await client.sent(bytes, 50_000);
    const known = await client.complete(second, sha256(bytes));
    expect(known.status).toBe(202);
    expect(await known.json()).toEqual({ ...body, uploadId: second });
  });

  test('a missing chunk is 400 UPLOAD_CHUNK_MISSING and named', async () => {
    const { uploadId } = await client.started({ totalSize: bytes.length, chunkSize: 30_000 });
    await client.chunk(uploadId, 1, bytes.subarray(30_000, 60_000));
    const response = await client.complete(uploadId, sha256(bytes));
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('UPLOAD_CHUNK_MISSING');
    expect(error.message).toBe('Required chunk not found: 0, 2, 3');
    expect(error).toMatchObject({ details: { missingChunks: [0, 2, 3] } });
  });

  test('another final checksum is 400 and the upload stays', async () => {
    const other = videoBytes(5000);
    const uploadId = await client.sent(other, 5000);
    const response = await client.complete(uploadId, sha256(bytes));
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('UPLOAD_CHECKSUM_MISMATCH');
    expect(error.message).toMatch(/^Final file integrity check failed/);
    expect((await client.complete(uploadId, sha256(other))).status).toBe(202);
  });
});

describe('PUT /upload (curl -T)', () => {
  test('one request does the same in one go', async () => {
    const bytes = videoBytes(200_000);
    const response = await daemon.fetch('/upload?filename=episode9.mkv', {
      method: 'PUT',
      headers: { 'x-checksum': sha256(bytes) },
      body: new Uint8Array(bytes),
    });
    expect(response.status).toBe(202);
    const body = (await response.json()) as { uploadId: string; transcodingJobId: string };
    expect(body).toMatchObject({ videoId: body.uploadId, status: 'processing' });
    expect(response.headers.get('location')).toBe(`/api/v1/jobs/${body.transcodingJobId}/monitor`);
    for (const path of [`/videos/${body.uploadId}`, `/stream/${body.uploadId}/metadata`]) {
      const view = await (await daemon.fetch(path)).json();
      expect(view).toMatchObject({ series: '', episode: 9, episodeKnown: true, duration: 0 });
    }
    const source = await daemon.fetch(`/videos/${body.uploadId}/source`);
    expect(sha256(Buffer.from(await source.arrayBuffer()))).toBe(sha256(bytes));
  });

  test('a wrong checksum is 400, notes.txt 400, nothing is left', async () => {
    const put = (query: string, headers: Record<string, string> = {}) =>
      daemon.fetch(`/upload?${query}`, {
        method: 'PUT',
        headers,
        body: new Uint8Array(videoBytes(5000)),
      });
    for (const header of ['x-checksum', 'x-chunk-checksum']) {
      expect((await put('filename=a.mkv', { [header]: '0'.repeat(64) })).status).toBe(400);
      expect((await put('filename=a.mkv', { [header]: '00' })).status).toBe(400);
    }
    expect((await put('filename=notes.txt')).status).toBe(400);
    expect((await put('')).status).toBe(400);
  });
});
