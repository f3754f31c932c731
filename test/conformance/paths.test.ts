import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorBody } from '../../src/shared/contract/index.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { sha256, videoBytes } from '../support/file-bytes.js';
import { endlessTask } from '../support/tasks.js';
import { uploadClient } from '../support/upload-client.js';

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: endlessTask });
});
afterAll(() => daemon.close());

test('/api and /api/v1 are the same, and answers carry the prefix that was used', async () => {
  for (const prefix of ['/api', '/api/v1']) {
    const client = uploadClient(daemon, prefix);
    const bytes = videoBytes(100);
    const { uploadId, chunkUrls } = await client.started({ totalSize: 100, chunkSize: 100 });
    expect(chunkUrls).toEqual([`${prefix}/upload/chunk/${uploadId}/0`]);
    await client.chunk(uploadId, 0, bytes);
    const done = await client.complete(uploadId, sha256(bytes));
    expect(done.headers.get('location')).toMatch(new RegExp(`^${prefix}/jobs/`));
    const view = (await (await daemon.fetch(`${prefix}/videos/${uploadId}`)).json()) as {
      streamingUrls: { hls: string };
    };
    expect(view.streamingUrls.hls).toMatch(new RegExp(`^${prefix}/stream/${uploadId}/key/`));
  }
});

test('Accept-Version: v1 works; an unknown one is 400, /api/v2 is 404, with the same sentence', async () => {
  const ask = (path: string, version?: string) =>
    daemon.fetch(path, version === undefined ? {} : { headers: { 'accept-version': version } });
  expect((await ask('/api/jobs', 'v1')).status).toBe(200);
  const unknown = await ask('/api/jobs', 'v2');
  const wrongPath = await ask('/api/v2/jobs');
  expect([unknown.status, wrongPath.status]).toEqual([400, 404]);
  const sentences = await Promise.all(
    [unknown, wrongPath].map(async (response) => {
      const { error } = errorBody.parse(await response.json());
      return error.message.replace(/^[^:]*: /, '');
    }),
  );
  expect(sentences[0]).toContain('(v1)');
  expect(sentences[0]).toBe(sentences[1]);
});

test('an error is {error:{code,message,timestamp,requestId}}', async () => {
  const response = await daemon.fetch('/jobs/nothere');
  expect(response.status).toBe(404);
  const { error } = errorBody.parse(await response.json());
  expect(error.code).toBe('TRANSCODE_JOB_NOT_FOUND');
  expect(error.message).toMatch(/^Transcoding job not found/);
  expect(error.requestId).toBe(response.headers.get('x-request-id'));
  expect(Math.abs(Date.parse(error.timestamp) - Date.now())).toBeLessThan(10_000);
});

test.each([
  ['/videos/nothere', 404, 'STREAM_VIDEO_NOT_FOUND', /^Video not found/],
  ['/upload/nothere', 404, 'UPLOAD_NOT_FOUND', /^Upload not found/],
  ['/nothere', 404, 'NOT_FOUND', /^Not found/],
])('%s is %i %s', async (path, status, code, message) => {
  const response = await daemon.fetch(path);
  const { error } = errorBody.parse(await response.json());
  expect([response.status, error.code]).toEqual([status, code]);
  expect(error.message).toMatch(message);
});

test('without a token 401, with a wrong one 401', async () => {
  for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: 'Basic eDp5' }]) {
    const response = await fetch(`${daemon.url}/api/v1/videos`, { headers });
    const { error } = errorBody.parse(await response.json());
    expect(response.status).toBe(401);
    expect(error.message).toMatch(/^Invalid or expired authentication token/);
  }
});

test('a word that is a path is never taken for an id', async () => {
  for (const path of ['/upload/start', '/transcode/start']) {
    for (const method of ['GET', 'HEAD', 'DELETE']) {
      const answer = await daemon.fetch(path, { method });
      expect([path, answer.status]).toEqual([path, 405]);
      expect(answer.headers.get('allow')).toBe('POST, OPTIONS');
    }
    const options = await daemon.fetch(path, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
  }
});

test('a wrong method is 405 with Allow; HEAD and OPTIONS are right', async () => {
  const wrong = await daemon.fetch('/videos', { method: 'PATCH' });
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  expect(errorBody.parse(await wrong.json()).error.code).toBe('METHOD_NOT_ALLOWED');
  const options = await daemon.fetch('/jobs', { method: 'OPTIONS' });
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
  const head = await daemon.fetch('/videos', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('health is open, under every prefix', async () => {
  for (const path of ['/health', '/api/health', '/api/v1/health']) {
    expect((await fetch(`${daemon.url}${path}`)).status).toBe(200);
  }
});

test('/api/v1 answers on a raw socket with one Host only', async () => {
  const status = await new Promise((resolve, reject) => {
    const { port } = new URL(daemon.url);
    request({ port, path: '/health', setHost: false, headers: { host: 'rebound.example' } })
      .on('response', (response) => resolve(response.statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});
