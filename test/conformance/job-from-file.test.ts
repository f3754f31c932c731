import { copyFile, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jobView, type JobList } from '../../src/shared/contract/index.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { videoBytes } from '../support/file-bytes.js';
import { endlessTask } from '../support/tasks.js';
import { webhookTarget } from '../support/webhook-target.js';

/** So large that its import goes on for a while: it is copied and hashed. */
const largeBytes = 400_000_000;

describe('POST /jobs {sourcePath}', () => {
  let daemon: TestDaemon;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kdrama-source-'));
    const env = { KDRAMA_NOTIFY_ALLOW: '127.0.0.1' };
    daemon = await startTestDaemon({ runTask: endlessTask, env });
  });
  afterAll(async () => {
    await daemon.close();
    await rm(folder, { recursive: true, force: true });
  });
  const send = (method: string, path: string, body?: unknown, headers = {}) =>
    daemon.fetch(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const post = (path: string, body: unknown, headers = {}) => send('POST', path, body, headers);
  const view = async (id: string) =>
    jobView.parse(await (await daemon.fetch(`/jobs/${id}`)).json());
  const listed = async (query: string) => {
    const answer = await daemon.fetch(`/jobs?${query}`);
    return ((await answer.json()) as JobList).jobs.map((each) => each.jobId);
  };
  const file = async (name: string, sizeBytes = 5000) => {
    const path = join(folder, name);
    await writeFile(path, videoBytes(5000));
    const handle = await open(path, 'r+');
    await handle.truncate(sizeBytes);
    await handle.close();
    return path;
  };
  /** Resolves when the import has become a job that waits for its probe, or is being probed. */
  const arrived = (id: string) =>
    expect
      .poll(async () => (await daemon.fetch(`/videos/${(await view(id)).videoId}`)).status, {
        timeout: 50_000,
      })
      .toBe(200);

  test('answers at once with a job that can be followed while the file is being taken', async () => {
    const path = await file('Large.E01.mkv', largeBytes);
    const response = await post('/jobs', { sourcePath: path }, { prefer: 'respond-async' });
    expect(response.status).toBe(202);
    expect(response.headers.get('preference-applied')).toBe('respond-async');
    const { jobId } = (await response.json()) as { jobId: string };
    expect(response.headers.get('location')).toBe(`/api/v1/jobs/${jobId}/monitor`);

    const job = await view(jobId);
    expect(job).toMatchObject({ jobId, status: 'submitted', stage: 'probing', startTime: null });
    expect((await listed('status=submitted'))[0]).toBe(jobId);
    expect(await listed('status=completed')).not.toContain(jobId);
    expect((await daemon.fetch(`/videos/${job.videoId}`)).status).toBe(404);
    const monitor = await daemon.fetch(`/jobs/${jobId}/monitor`);
    expect(monitor.status).toBe(200);
    expect(monitor.headers.get('retry-after')).toMatch(/^\d+$/);
    const results = await daemon.fetch(`/jobs/${jobId}/results`);
    expect(results.status).toBe(202);
    expect(await results.json()).toMatchObject({ status: 'submitted', progress: 0 });
    const transcode = await daemon.fetch(`/transcode/${jobId}`);
    expect(await transcode.json()).toMatchObject({ status: 'queued', state: 'submitted' });
    expect((await post(`/jobs/${jobId}/pause`, {})).status).toBe(409);

    await arrived(jobId);
    expect(await view(jobId)).toMatchObject({ jobId, videoId: job.videoId });
  });

  test('DELETE while the file is being taken: 409 JOB_CANCELLED from then on, nothing stays', async () => {
    const path = await file('Large.E02.mkv', largeBytes);
    const { jobId } = (await (await post('/jobs', { sourcePath: path })).json()) as {
      jobId: string;
    };
    const stream = await daemon.fetch(`/jobs/${jobId}/events`, {
      headers: { accept: 'application/x-ndjson' },
    });
    const cancelled = await send('DELETE', `/jobs/${jobId}`);
    expect(cancelled.status).toBe(200);
    expect(await cancelled.json()).toMatchObject({ jobId, status: 'cancelled' });
    expect((await send('DELETE', `/jobs/${jobId}`)).status).toBe(200);
    const monitor = await daemon.fetch(`/jobs/${jobId}/monitor`);
    expect(monitor.status).toBe(409);
    expect(await monitor.json()).toMatchObject({ error: { code: 'JOB_CANCELLED' } });
    expect(await readdir(join(daemon.home, 'media', 'uploads'))).toEqual([]);
    // The stream of the job tells it and ends.
    expect(await stream.text()).toContain('job.cancelled');
  });

  test('known content: the promised id leads to the job that is there', async () => {
    const path = await file('a.E03.mkv');
    const same = join(folder, 'b.E03.mkv');
    await copyFile(path, same);
    const first = (await (await post('/jobs', { sourcePath: path })).json()) as { jobId: string };
    await arrived(first.jobId);
    const second = (await (await post('/jobs', { sourcePath: same })).json()) as { jobId: string };
    expect(second.jobId).not.toBe(first.jobId);
    await expect
      .poll(async () => (await view(second.jobId)).jobId, { timeout: 20_000 })
      .toBe(first.jobId);
    // In another quality it is another job, under the id that was promised.
    const low = { sourcePath: same, quality: 'low', jobId: 'low-one' };
    expect((await post('/jobs', low)).status).toBe(202);
    await arrived('low-one');
    expect(await view('low-one')).toMatchObject({ jobId: 'low-one' });
  });

  test('a jobId of the client: the same body the same answer, another body 409', async () => {
    const path = await file('c.E04.mkv', largeBytes);
    const other = await file('d.E05.mkv');
    const body = { sourcePath: path, jobId: 'mine' };
    for (let round = 0; round < 2; round++) {
      const again = await post('/jobs', body);
      expect([again.status, await again.json()]).toEqual([
        202,
        { jobId: 'mine', status: 'submitted' },
      ]);
      expect((await post('/jobs', { ...body, sourcePath: other })).status).toBe(409);
      expect((await post('/jobs', { ...body, quality: 'low' })).status).toBe(409);
      await arrived('mine');
    }
    const copy = join(folder, 'copy.E04.mkv');
    await copyFile(path, copy);
    expect((await post('/jobs', { ...body, sourcePath: copy })).status).toBe(202);
  });

  test('notifyUrl is told of a file that is no video; useGpu is shown', async () => {
    const target = await webhookTarget();
    const path = join(folder, 'no-video.E09.mkv');
    await writeFile(path, 'these are words, and many more of them. '.repeat(500));
    const body = { sourcePath: path, notifyUrl: target.url, useGpu: true };
    const { jobId } = (await (await post('/jobs', body)).json()) as { jobId: string };
    await target.until((received) => received.length === 1);
    expect(JSON.parse(target.received[0]?.body ?? '')).toMatchObject({
      type: 'job.failed',
      data: { jobId, status: 'failed', error: { code: 'UPLOAD_INVALID_FORMAT' } },
    });
    expect(await view(jobId)).toMatchObject({ useGpu: true, status: 'failed' });
  });

  test('a file that is no video is a failed job with its reason, and may be tried again', async () => {
    const path = join(folder, 'words.E06.mkv');
    await writeFile(path, 'these are words, and many more of them. '.repeat(500));
    const body = { sourcePath: path, jobId: 'words' };
    expect((await post('/jobs', body)).status).toBe(202);
    const waited = await daemon.fetch('/jobs/words', { headers: { prefer: 'wait=30' } });
    expect(await waited.json()).toMatchObject({
      status: 'failed',
      error: { code: 'UPLOAD_INVALID_FORMAT' },
    });
    const monitor = await daemon.fetch('/jobs/words/monitor');
    expect(monitor.status).toBe(409);
    expect(await monitor.json()).toMatchObject({ error: { code: 'TRANSCODE_FAILED' } });
    expect((await post('/jobs/words/retry', {})).status).toBe(409);
    expect(await listed('status=failed')).toContain('words');
    expect(await listed('status=failed,submitted,processing&limit=1')).toEqual(['words']);
    await writeFile(path, videoBytes(5006));
    expect((await post('/jobs', body)).status).toBe(202);
    await arrived('words');
    expect(await listed('status=failed')).not.toContain('words');
    expect((await listed('')).filter((id) => id === 'words')).toEqual(['words']);
  });

  test('what cannot be taken at all is refused at once', async () => {
    expect((await post('/jobs', { sourcePath: join(folder, 'none.mkv') })).status).toBe(400);
    expect((await post('/jobs', { sourcePath: 'relative.mkv' })).status).toBe(400);
    const notes = join(folder, 'notes.txt');
    await writeFile(notes, 'x');
    expect((await post('/jobs', { sourcePath: notes })).status).toBe(400);
  });

  test('POST /transcode/start {videoId, sourcePath} does the same under the id of the video', async () => {
    const path = await file('e.E07.mkv', largeBytes);
    const body = { videoId: 'my-video', sourcePath: path };
    const started = (await (await post('/transcode/start', body)).json()) as { jobId: string };
    expect(started).toMatchObject({ status: 'queued', provider: 'local' });
    expect((await view(started.jobId)).videoId).toBe('my-video');
    const again = await post('/transcode/start', body);
    expect(await again.json()).toMatchObject({ jobId: started.jobId });
    await arrived(started.jobId);
    const later = await post('/transcode/start', body);
    expect(await later.json()).toMatchObject({ jobId: started.jobId });
    const other = await file('f.E08.mkv');
    expect((await post('/transcode/start', { ...body, sourcePath: other })).status).toBe(400);
  });
});
