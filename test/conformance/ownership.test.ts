import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { UploadAccepted } from '../../src/shared/contract/index.js';
import type { Role } from '../../src/shared/states.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { sha256, videoBytes } from '../support/file-bytes.js';
import { inSeconds, jsonWebToken } from '../support/json-web-token.js';
import { failingTask } from '../support/tasks.js';
import { uploadClient } from '../support/upload-client.js';

const secret = 'a secret that is shared with other programs';
let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: failingTask, env: { KDRAMA_JWT_SECRET: secret } });
});
afterAll(() => daemon.close());

/** The daemon as somebody sees it who signed in elsewhere. */
function seenBy(userId: string, role: Role): Pick<TestDaemon, 'fetch'> {
  const token = jsonWebToken(secret, { userId, username: userId, role, exp: inSeconds(3600) });
  return {
    fetch: (path, init = {}) =>
      daemon.fetch(path, {
        ...init,
        headers: {
          ...(init.headers as Record<string, string>),
          authorization: `Bearer ${token}`,
        },
      }),
  };
}

const mina = seenBy('mina', 'uploader');
const jun = seenBy('jun', 'uploader');
const watcher = seenBy('hana', 'user');

async function uploaded(by: Pick<TestDaemon, 'fetch'>, bytes = videoBytes(5000)) {
  const response = await by.fetch('/upload?filename=Goblin.S01E03.mkv', {
    method: 'PUT',
    body: new Uint8Array(bytes),
  });
  expect(response.status).toBe(202);
  return (await response.json()) as UploadAccepted;
}

const validated = (who: Pick<TestDaemon, 'fetch'>, method: string, path: string) =>
  who.fetch('/auth/validate', {
    headers: { 'x-original-uri': `/api/v1${path}`, 'x-original-method': method },
  });

const codeOf = async (response: Response) =>
  `${response.status} ${(await response.json()).error?.code ?? ''}`.trim();

describe('a job', () => {
  const ways = [
    ['GET', '/jobs/ID'],
    ['GET', '/job/ID'],
    ['GET', '/jobs/ID/monitor'],
    ['GET', '/jobs/ID/results'],
    ['GET', '/monitor/ID'],
    ['GET', '/result/ID'],
    ['GET', '/jobs/ID/events'],
    ['GET', '/transcode/ID'],
    ['GET', '/transcode/status/ID'],
    ['POST', '/jobs/ID/pause'],
    ['POST', '/jobs/ID/resume'],
    ['POST', '/jobs/ID/retry'],
    ['GET', '/jobs/ID/plan'],
    ['DELETE', '/jobs/ID'],
  ] as const;

  test.each(ways)(
    '%s %s does not exist for anybody but its uploader and admins',
    async (method, path) => {
      const { transcodingJobId, videoId } = await uploaded(mina);
      for (const id of [transcodingJobId, videoId]) {
        for (const other of [jun, watcher]) {
          const response = await other.fetch(path.replace('ID', id), { method });
          expect(await codeOf(response)).toBe('404 TRANSCODE_JOB_NOT_FOUND');
        }
      }
      for (const may of [mina, daemon]) {
        const response = await may.fetch(path.replace('ID', transcodingJobId), { method });
        expect(response.status).not.toBe(404);
        await response.body?.cancel();
      }
    },
  );

  test('is listed for its uploader and admins only', async () => {
    const { transcodingJobId } = await uploaded(mina);
    const listed = async (who: Pick<TestDaemon, 'fetch'>, query = '') => {
      const { jobs } = await (await who.fetch(`/jobs${query}`)).json();
      return jobs.some(({ jobId }: { jobId: string }) => jobId === transcodingJobId) as boolean;
    };
    expect(await listed(mina)).toBe(true);
    expect(await listed(daemon)).toBe(true);
    expect(await listed(jun)).toBe(false);
    expect(await listed(jun, '?status=submitted,queued,processing,failed')).toBe(false);
    expect((await watcher.fetch('/jobs')).status).toBe(403);
  });

  test('says whose it is', async () => {
    const { transcodingJobId } = await uploaded(mina);
    expect(await (await mina.fetch(`/jobs/${transcodingJobId}`)).json()).toMatchObject({
      owner: 'mina',
    });
  });

  test('of known content is answered with, though it is not theirs', async () => {
    const bytes = videoBytes(5000);
    const { videoId, transcodingJobId } = await uploaded(mina, bytes);
    expect(await uploaded(jun, bytes)).toMatchObject({ videoId, transcodingJobId });
    const again = await uploadClient(jun).post('/jobs', { videoId });
    expect(again.status).toBe(202);
    expect(await again.json()).toMatchObject({ jobId: transcodingJobId });
  });

  test.each([
    ['a file that is there already', (bytes: Buffer) => uploaded(jun, bytes)],
    ['a video', (_bytes: Buffer, videoId: string) => uploadClient(jun).post('/jobs', { videoId })],
    [
      'a video, under a name of their own',
      (_bytes: Buffer, videoId: string) =>
        uploadClient(jun).post('/jobs', { videoId, jobId: `juns-${videoId}` }),
    ],
  ])('is read, not changed, by who asked for it with %s', async (_way, ask) => {
    const bytes = videoBytes(5000);
    const { videoId, transcodingJobId } = await uploaded(mina, bytes);
    const seen = async () => (await (await jun.fetch(`/jobs?videoId=${videoId}`)).json()).jobs;
    expect(await seen()).toEqual([]);

    await ask(bytes, videoId);

    for (const way of [
      '/jobs/ID',
      '/monitor/ID',
      '/result/ID',
      '/transcode/ID',
      '/jobs/ID/events',
    ]) {
      for (const id of [transcodingJobId, videoId]) {
        const answer = await jun.fetch(way.replace('ID', id));
        expect(answer.status).not.toBe(404);
        await answer.body?.cancel();
        const asked = await validated(jun, 'GET', way.replace('ID', id));
        expect(asked.status).toBe(200);
      }
    }
    expect(await seen()).toMatchObject([{ jobId: transcodingJobId, owner: 'mina' }]);
    for (const [method, way] of [
      ['DELETE', '/jobs/ID'],
      ['PATCH', '/jobs/ID'],
      ['POST', '/jobs/ID/pause'],
      ['POST', '/jobs/ID/retry'],
    ] as const) {
      const path = way.replace('ID', transcodingJobId);
      const body = method === 'PATCH' ? { body: '{"priority":"high"}' } : {};
      const headers = { 'content-type': 'application/json' };
      const answer = await jun.fetch(path, { method, headers, ...body });
      expect(await codeOf(answer)).toBe('403 AUTH_INSUFFICIENT_PERMISSIONS');
      const refused = await validated(jun, method, path);
      expect([refused.status, (await refused.json()).error]).toEqual([
        403,
        expect.stringContaining('of somebody else'),
      ]);
    }
    expect(await codeOf(await watcher.fetch(`/jobs/${transcodingJobId}`))).toContain('404');
  });

  test('shows its reader the webhooks to the address that they named, and no other', async () => {
    const bytes = videoBytes(5000);
    const { videoId } = await uploaded(mina, bytes);
    const named = async (who: Pick<TestDaemon, 'fetch'>, notifyUrl: string) =>
      uploadClient(who).post('/jobs', { videoId, notifyUrl });
    await named(mina, 'https://example.com/mina');
    await named(jun, 'https://example.com/jun');
    await mina.fetch(`/jobs/${videoId}`, { method: 'DELETE' });
    const urls = async (who: Pick<TestDaemon, 'fetch'>) => {
      const { deliveries } = await (await who.fetch(`/jobs/${videoId}/deliveries`)).json();
      return deliveries.map(({ url }: { url: string }) => url).toSorted() as string[];
    };
    expect(await urls(jun)).toEqual(['https://example.com/jun']);
    expect(await urls(mina)).toEqual(['https://example.com/jun', 'https://example.com/mina']);
    expect(await codeOf(await watcher.fetch(`/jobs/${videoId}/deliveries`))).toContain('404');
  });

  test('that was cancelled goes on for whoever brings its content, and for its owner', async () => {
    const bytes = videoBytes(5000);
    const { videoId } = await uploaded(mina, bytes);
    const status = async () => (await (await mina.fetch(`/jobs/${videoId}`)).json()).status;
    const cancel = () => mina.fetch(`/jobs/${videoId}`, { method: 'DELETE' });
    await cancel();
    await uploadClient(jun).post('/jobs', { videoId });
    expect(await status()).toBe('cancelled');
    await uploaded(jun, bytes);
    expect(await status()).not.toBe('cancelled');
    await cancel();
    await uploadClient(mina).post('/jobs', { videoId });
    expect(await status()).not.toBe('cancelled');
  });

  test('made in another way than usual is what others get who ask for no way', async () => {
    const { videoId, transcodingJobId } = await uploaded(mina);
    const low = await uploadClient(mina).post('/jobs', { videoId, quality: 'low' });
    const { jobId } = await low.json();
    expect(jobId).not.toBe(transcodingJobId);
    const asked = await uploadClient(jun).post('/jobs', { videoId });
    expect([asked.status, (await asked.json()).jobId]).toEqual([202, jobId]);
  });

  test('that its reader named is read under that name', async () => {
    const { videoId, transcodingJobId } = await uploaded(mina);
    const jobId = `own-${videoId}`;
    expect((await uploadClient(jun).post('/jobs', { videoId, jobId })).status).toBe(202);
    const answer = await jun.fetch(`/jobs/${jobId}`);
    expect(await answer.json()).toMatchObject({ jobId: transcodingJobId });
  });

  test('with other settings is made for who added the video, and for admins', async () => {
    const { videoId } = await uploaded(mina);
    const low = (who: Pick<TestDaemon, 'fetch'>, quality: string) =>
      uploadClient(who).post('/jobs', { videoId, quality });
    expect(await codeOf(await low(jun, 'low'))).toBe('403 STREAM_ACCESS_DENIED');
    expect((await low(mina, 'low')).status).toBe(202);
    expect((await low(daemon, 'medium')).status).toBe(202);
    expect((await low(jun, 'low')).status).toBe(202);
  });
});

describe('an unfinished upload', () => {
  test('does not exist for anybody but its uploader and admins', async () => {
    const bytes = videoBytes(1000);
    const uploadId = await uploadClient(mina).sent(bytes, 1000);
    for (const other of [jun, watcher]) {
      const client = uploadClient(other);
      for (const response of [
        await other.fetch(`/upload/${uploadId}`),
        await other.fetch(`/upload/${uploadId}`, { method: 'DELETE' }),
        await client.chunk(uploadId, 0, bytes),
        await client.complete(uploadId, sha256(bytes)),
      ]) {
        expect(await codeOf(response)).toBe('404 UPLOAD_NOT_FOUND');
      }
    }
    expect((await daemon.fetch(`/upload/${uploadId}`)).status).toBe(200);
    expect((await uploadClient(mina).complete(uploadId, sha256(bytes))).status).toBe(202);
  });

  test('of the same file is found again by its own uploader only', async () => {
    const file = { totalSize: 1000, chunkSize: 1000, fingerprint: 'the same file' };
    const { uploadId } = await uploadClient(mina).started(file);
    expect((await uploadClient(mina).started(file)).uploadId).toBe(uploadId);
    expect((await uploadClient(jun).started(file)).uploadId).not.toBe(uploadId);
  });
});

describe('a video', () => {
  test('is everybody’s to watch, and tells those who may not see its job why it failed', async () => {
    const { videoId, transcodingJobId } = await uploaded(mina);
    const ended = await mina.fetch(`/jobs/${transcodingJobId}`, { headers: { prefer: 'wait=30' } });
    const { error } = await ended.json();
    expect(error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    const video = await (await watcher.fetch(`/videos/${videoId}`)).json();
    expect(video).toMatchObject({ status: 'failed', error });
  });
});
