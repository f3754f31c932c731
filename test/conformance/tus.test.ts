import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UploadStatus } from '../../src/shared/contract/index.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { sha1Base64, sha256, videoBytes } from '../support/file-bytes.js';
import { endlessTask } from '../support/tasks.js';
import { tusClient, tusMetadata } from '../support/tus-client.js';

const clock = {
  ahead: 0,
  now: () => Date.now() + clock.ahead,
  monotonic: () => performance.now(),
};
let daemon: TestDaemon;
let tus: ReturnType<typeof tusClient>;

beforeAll(async () => {
  daemon = await startTestDaemon({ clock, runTask: endlessTask });
  tus = tusClient(daemon);
});
afterAll(() => daemon.close());

const codeOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;

describe('core', () => {
  test('OPTIONS needs no credential and says what is spoken', async () => {
    const response = await fetch(`${daemon.url}/api/v1/tus`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'tus-resumable': '1.0.0',
      'tus-version': '1.0.0',
      'tus-extension': 'creation,creation-with-upload,checksum,expiration,termination',
      'tus-max-size': String(2 * 1024 ** 3),
      'tus-checksum-algorithm': 'sha1,sha256',
      allow: 'POST, OPTIONS',
    });
  });

  test('another version, or none, is 412 with Tus-Version, and nothing happens', async () => {
    const path = await tus.created(1000);
    for (const version of ['0.2.2', '1.0.1', '']) {
      const headers = { 'tus-resumable': version };
      const response = await tus.patch(path, 0, videoBytes(1000), headers);
      expect(response.status).toBe(412);
      expect(response.headers.get('tus-version')).toBe('1.0.0');
      expect(await codeOf(response)).toBe('TUS_VERSION_UNSUPPORTED');
      expect((await tus.create(1000, undefined, headers)).status).toBe(412);
      expect((await tus.send('HEAD', path, headers)).status).toBe(412);
      expect((await tus.send('DELETE', path, headers)).status).toBe(412);
    }
    expect(await tus.offset(path)).toBe(0);
  });

  test('every answer carries Tus-Resumable, refusals of the gates too', async () => {
    const answers = await Promise.all([
      fetch(`${daemon.url}/api/v1/tus`, { method: 'POST' }),
      tus.head('/api/v1/tus/nothere'),
      tus.create(0),
      tus.send('PUT', '/api/v1/tus', {}),
      tus.send('POST', '/api/v1/tus', { origin: 'http://elsewhere.example' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 404, 400, 405, 403]);
    for (const { headers } of answers) expect(headers.get('tus-resumable')).toBe('1.0.0');
  });

  test('a browser on our own page may send', async () => {
    const headers = { origin: daemon.url, 'sec-fetch-site': 'same-origin' };
    expect((await tus.create(1000, undefined, headers)).status).toBe(201);
  });

  test('HEAD tells offset, length, metadata and expiry, and is not stored', async () => {
    const line = `${tusMetadata({ filename: 'a.mkv', title: '비가 와요' })},mark`;
    const created = await tus.create(5000, undefined, { 'upload-metadata': line });
    const path = created.headers.get('location') ?? '';
    const response = await tus.head(path);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'upload-offset': '0',
      'upload-length': '5000',
      'upload-metadata': line,
      'upload-expires': created.headers.get('upload-expires'),
      'cache-control': 'no-store',
    });
  });

  test('PATCH puts bytes at the offset, 204 with the new one', async () => {
    const bytes = videoBytes(10_000);
    const path = await tus.created(bytes.length);
    const first = await tus.patch(path, 0, bytes.subarray(0, 3333));
    expect(first.status).toBe(204);
    expect(first.headers.get('upload-offset')).toBe('3333');
    expect(first.headers.get('upload-expires')).toMatch(/^\w{3}, \d\d \w{3} \d{4} .* GMT$/);
    expect(await tus.offset(path)).toBe(3333);
    const rest = await tus.patch(path, 3333, bytes.subarray(3333));
    expect(rest.headers.get('upload-offset')).toBe('10000');
    expect(rest.headers.get('upload-expires')).toBeNull();
  });

  test('another offset is 409, the bytes do not count', async () => {
    const path = await tus.created(10_000);
    await tus.patch(path, 0, videoBytes(5000));
    for (const offset of [0, 4999, 5001, 10_000]) {
      const response = await tus.patch(path, offset, Buffer.alloc(10_000 - offset));
      expect(response.status).toBe(409);
      expect(await codeOf(response)).toBe('UPLOAD_OFFSET_MISMATCH');
    }
    expect(await tus.offset(path)).toBe(5000);
  });

  test('no offset or a strange one is 400, another content type 415', async () => {
    const path = await tus.created(10_000);
    const type = 'application/offset+octet-stream';
    const send = (headers: Record<string, string>) =>
      tus.send('PATCH', path, headers, videoBytes(100));
    expect((await send({ 'content-type': type })).status).toBe(400);
    for (const offset of ['-1', '1.5', 'x', '0x0', '1e3', '']) {
      expect((await send({ 'content-type': type, 'upload-offset': offset })).status).toBe(400);
    }
    const other = await send({ 'content-type': 'application/octet-stream', 'upload-offset': '0' });
    expect(other.status).toBe(415);
    expect(await tus.offset(path)).toBe(0);
  });

  test('more bytes than the upload has left are 413', async () => {
    const path = await tus.created(1000);
    const announced = await tus.patch(path, 0, videoBytes(1001));
    expect(announced.status).toBe(413);
    expect(await tus.offset(path)).toBe(0);
    const streamed = await daemon.fetch(path, {
      method: 'PATCH',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      body: new Blob([new Uint8Array(videoBytes(1001))]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(streamed.status).toBe(413);
    expect(await tus.offset(path)).toBe(0);
  });

  test('X-HTTP-Method-Override stands for the method', async () => {
    const path = await tus.created(1000);
    const send = (override: string, headers = {}, bytes?: Uint8Array) =>
      tus.send('POST', path, { 'x-http-method-override': override, ...headers }, bytes);
    const type = { 'content-type': 'application/offset+octet-stream' };
    const patched = await send('PATCH', { ...type, 'upload-offset': '0' }, videoBytes(400));
    expect(patched.status).toBe(204);
    expect(await tus.offset(path)).toBe(400);
    expect((await send('GET')).status).toBe(405);
    expect((await send('DELETE')).status).toBe(204);
    expect((await tus.head(path)).status).toBe(404);
    const elsewhere = { 'x-http-method-override': 'DELETE' };
    expect((await tus.send('POST', '/api/v1/upload/nothere', elsewhere)).status).toBe(405);
  });

  test('/api/tus is the same, and answers with its own prefix', async () => {
    const path = await tusClient(daemon, '/api').created(1000);
    expect(path).toMatch(/^\/api\/tus\/\w+$/);
    expect((await tus.head(path)).status).toBe(200);
  });

  test('what is unknown, in chunks or an import is 404', async () => {
    const start = await daemon.fetch('/upload/start', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ filename: 'a.mkv', totalSize: 1000, chunkSize: 100 }),
    });
    const { uploadId } = (await start.json()) as { uploadId: string };
    for (const id of ['nothere', uploadId, '..%2ftoken', '%00']) {
      const head = await tus.head(`/api/v1/tus/${id}`);
      expect(head.status).toBe(404);
      expect(head.headers.get('upload-offset')).toBeNull();
      expect((await tus.patch(`/api/v1/tus/${id}`, 0, videoBytes(10))).status).toBe(404);
    }
  });
});

describe('creation', () => {
  test('201 with Location and Upload-Expires; GET /upload/:id shows it too', async () => {
    const response = await tus.create(5000, { filename: 'episode3.mkv', title: 'Rain' });
    expect(response.status).toBe(201);
    const location = response.headers.get('location') ?? '';
    expect(location).toMatch(/^\/api\/v1\/tus\/\w+$/);
    const expires = Date.parse(response.headers.get('upload-expires') ?? '') - clock.now();
    expect(expires / 3_600_000).toBeCloseTo(24, 1);
    await tus.patch(location, 0, videoBytes(1234));
    const state = await (await daemon.fetch(location.replace('/tus/', '/upload/'))).json();
    expect(state).toMatchObject({
      state: 'open',
      filename: 'episode3.mkv',
      totalSize: 5000,
      chunkSize: null,
      receivedBytes: 1234,
      missingChunks: [],
    });
    expect(await (await daemon.fetch(location)).json()).toEqual(state);
  });

  test.each([
    ['no length', { 'upload-length': '' }],
    ['a length that is no number', { 'upload-length': '-5' }],
    ['a length that is not said yet', { 'upload-length': '', 'upload-defer-length': '1' }],
    ['a part of a file', { 'upload-concat': 'partial' }],
    ['no metadata', { 'upload-metadata': '' }],
    ['no filename', { 'upload-metadata': 'title UmFpbg==' }],
    ['notes.txt', { 'upload-metadata': tusMetadata({ filename: 'notes.txt' }) }],
    ['a value that is not Base64', { 'upload-metadata': 'filename a.mkv' }],
    ['a value that is not UTF-8', { 'upload-metadata': 'filename /////w==' }],
    ['a key twice', { 'upload-metadata': 'filename YS5ta3Y=,filename YS5ta3Y=' }],
    ['an episode that is no number', { 'upload-metadata': 'filename YS5ta3Y=,episode eA==' }],
  ])('%s is 400', async (_, headers: Record<string, string>) => {
    const response = await tus.create(5000, undefined, headers);
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  test('more than Tus-Max-Size is 413', async () => {
    const response = await tus.create(2 * 1024 ** 3 + 1);
    expect(response.status).toBe(413);
    expect(await codeOf(response)).toBe('UPLOAD_FILE_TOO_LARGE');
  });

  test('the same fingerprint and size find the unfinished upload', async () => {
    const metadata = { filename: 'a.mkv', fingerprint: 'same file' };
    const path = await tus.created(5000, metadata);
    await tus.patch(path, 0, videoBytes(2000));
    const again = await tus.create(5000, metadata);
    expect(again.status).toBe(201);
    expect(again.headers.get('location')).toBe(path);
    expect(again.headers.get('upload-offset')).toBe('2000');
    expect(await tus.created(5001, metadata)).not.toBe(path);
  });

  test('an Idempotency-Key makes one upload of one request', async () => {
    const key = { 'idempotency-key': 'tus-1' };
    const first = await tus.create(5000, undefined, key);
    const again = await tus.create(5000, undefined, key);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect((await tus.create(6000, undefined, key)).status).toBe(422);
  });
});

describe('creation-with-upload', () => {
  const type = { 'content-type': 'application/offset+octet-stream' };

  test('the first bytes come along', async () => {
    const bytes = videoBytes(9000);
    const response = await tus.create(9000, undefined, type, bytes.subarray(0, 5000));
    expect(response.status).toBe(201);
    expect(response.headers.get('upload-offset')).toBe('5000');
    const path = response.headers.get('location') ?? '';
    expect((await tus.patch(path, 5000, bytes.subarray(5000))).status).toBe(204);
  });

  test('all of them make the video at once', async () => {
    const response = await tus.create(9000, undefined, type, videoBytes(9000));
    expect(response.status).toBe(201);
    expect(response.headers.get('upload-offset')).toBe('9000');
    const video = await daemon.fetch(`/videos/${response.headers.get('kdrama-video-id')}`);
    expect(video.status).toBe(200);
  });

  test('bytes of another type are 415, too many 413, and nothing is left', async () => {
    const other = { 'content-type': 'application/octet-stream' };
    expect((await tus.create(9000, undefined, other, videoBytes(9000))).status).toBe(415);
    expect((await tus.create(100, undefined, type, videoBytes(9000))).status).toBe(413);
    const sum = { ...type, 'upload-checksum': `sha1 ${sha1Base64(Buffer.from('other'))}` };
    expect((await tus.create(9000, undefined, sum, videoBytes(9000))).status).toBe(460);
  });
});

describe('checksum', () => {
  const sums = [
    ['sha1', 'sha1'],
    ['sha256', 'sha256'],
  ] as const;

  test.each(sums)('%s that fits is taken', async (algorithm) => {
    const bytes = videoBytes(2_000_000);
    const path = await tus.created(bytes.length);
    const digest = createHash(algorithm).update(bytes).digest('base64');
    const headers = { 'upload-checksum': `${algorithm} ${digest}` };
    expect((await tus.patch(path, 0, bytes, headers)).status).toBe(204);
  });

  test('a mismatch is 460, and the offset stays', async () => {
    const bytes = videoBytes(20_000);
    const path = await tus.created(bytes.length);
    await tus.patch(path, 0, bytes.subarray(0, 10_000));
    const damaged = Buffer.from(bytes.subarray(10_000));
    damaged[5000]! ^= 1;
    const headers = { 'upload-checksum': `sha1 ${sha1Base64(bytes.subarray(10_000))}` };
    const response = await tus.patch(path, 10_000, damaged, headers);
    expect(response.status).toBe(460);
    expect(await codeOf(response)).toBe('UPLOAD_CHECKSUM_MISMATCH');
    expect(await tus.offset(path)).toBe(10_000);
    const whole = await tus.patch(path, 10_000, bytes.subarray(10_000), headers);
    const id = whole.headers.get('kdrama-video-id') ?? '';
    const source = await daemon.fetch(`/videos/${id}/source`);
    expect(sha256(Buffer.from(await source.arrayBuffer()))).toBe(sha256(bytes));
  });

  test.each(['crc32 AAAAAA==', 'sha1', 'sha1 AAAA', 'SHA1 x', ''])('"%s" is 400', async (line) => {
    const path = await tus.created(1000);
    const response = await tus.patch(path, 0, videoBytes(1000), { 'upload-checksum': line });
    expect(response.status).toBe(400);
    expect(await tus.offset(path)).toBe(0);
  });
});

describe('the last byte', () => {
  test('makes video and job, and every later answer names them', async () => {
    const bytes = videoBytes(50_000);
    const metadata = { filename: 'episode7.mkv', title: 'Rain', series: 'Goblin', episode: '7' };
    const path = await tus.created(bytes.length, { ...metadata, season: '', filetype: 'video/x' });
    await tus.patch(path, 0, bytes.subarray(0, 20_000));
    const last = await tus.patch(path, 20_000, bytes.subarray(20_000));
    expect(last.status).toBe(204);
    const videoId = last.headers.get('kdrama-video-id') ?? '';
    const jobId = last.headers.get('kdrama-job-id') ?? '';
    expect(path).toBe(`/api/v1/tus/${videoId}`);
    expect(last.headers.get('link')).toBe(`</api/v1/jobs/${jobId}>; rel="status"`);
    expect((await daemon.fetch(`/jobs/${jobId}`)).status).toBe(200);
    const video = await (await daemon.fetch(`/videos/${videoId}`)).json();
    expect(video).toMatchObject({ title: 'Rain', series: 'Goblin', episode: 7 });

    const head = await tus.head(path);
    expect(Object.fromEntries(head.headers)).toMatchObject({
      'upload-offset': '50000',
      'upload-length': '50000',
      'kdrama-video-id': videoId,
      'kdrama-job-id': jobId,
    });
    // The answer was lost: the client asks once more.
    const again = await tus.patch(path, 50_000, Buffer.alloc(0));
    expect(again.status).toBe(204);
    expect(again.headers.get('kdrama-video-id')).toBe(videoId);
    expect((await tus.patch(path, 50_000, Buffer.alloc(1))).status).toBe(413);

    const twin = await tus.created(bytes.length);
    const known = await tus.patch(twin, 0, bytes);
    expect(known.headers.get('kdrama-video-id')).toBe(videoId);
    expect(known.headers.get('kdrama-job-id')).toBe(jobId);
  });

  test('what is no video is 400 with its first bytes, and gone', async () => {
    const path = await tus.created(20_000_000);
    const response = await tus.patch(path, 0, Buffer.from('hello '.repeat(100_000)));
    expect(response.status).toBe(400);
    expect(await codeOf(response)).toBe('UPLOAD_INVALID_FORMAT');
    expect((await tus.head(path)).status).toBe(400);
    const state = (await (
      await daemon.fetch(path.replace('/tus/', '/upload/'))
    ).json()) as UploadStatus;
    expect(state).toMatchObject({ state: 'failed', error: { code: 'UPLOAD_INVALID_FORMAT' } });
  });
});

describe('expiration and termination', () => {
  test('DELETE is 204, then 404; either way of deleting', async () => {
    const [one, other] = [await tus.created(1000), await tus.created(1000)];
    expect((await tus.remove(one)).status).toBe(204);
    const upload = other.replace('/tus/', '/upload/');
    expect((await daemon.fetch(upload, { method: 'DELETE' })).status).toBe(204);
    for (const path of [one, other]) {
      expect((await tus.head(path)).status).toBe(404);
      expect((await tus.patch(path, 0, videoBytes(10))).status).toBe(404);
      expect((await tus.remove(path)).status).toBe(404);
    }
  });

  test('a video is not deleted that way: 409', async () => {
    const path = await tus.created(1000);
    await tus.patch(path, 0, videoBytes(1000));
    expect((await tus.remove(path)).status).toBe(409);
  });

  test('after 24 hours it is 410', async () => {
    const path = await tus.created(1000);
    clock.ahead += 24 * 3_600_000;
    expect((await tus.head(path)).status).toBe(410);
    expect((await tus.patch(path, 0, videoBytes(10))).status).toBe(410);
  });
});
