import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  errorBody,
  jobList,
  jobResults,
  jobView,
  transcodeStatus,
} from '../../src/shared/contract/index.js';
import { finalJobStates } from '../../src/shared/states.js';
import { episodeClip, makeClip } from '../support/clips.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { videoBytes } from '../support/file-bytes.js';
import { endlessTask } from '../support/tasks.js';
import { webhookTarget } from '../support/webhook-target.js';
import { uploadClient } from '../support/upload-client.js';

type Json = Record<string, unknown>;

async function put(
  daemon: TestDaemon,
  bytes: Buffer,
): Promise<{ videoId: string; transcodingJobId: string }> {
  const response = await daemon.fetch('/upload?filename=Goblin.S01E03.mkv', {
    method: 'PUT',
    body: new Uint8Array(bytes),
  });
  return (await response.json()) as { videoId: string; transcodingJobId: string };
}

describe('a job that runs', () => {
  let daemon: TestDaemon;
  let videoId: string;
  let jobId: string;
  beforeAll(async () => {
    daemon = await startTestDaemon({
      runTask: endlessTask,
      env: { KDRAMA_NOTIFY_ALLOW: '127.0.0.1' },
    });
  });
  afterAll(() => daemon.close());
  beforeEach(async () => {
    ({ videoId, transcodingJobId: jobId } = await put(daemon, videoBytes(5000)));
  });
  // The next test's job finds a free slot.
  afterEach(async () => {
    const { jobs } = jobList.parse(await (await daemon.fetch('/jobs')).json());
    const live = jobs.filter(({ status }) => !finalJobStates.includes(status));
    for (const job of live) await daemon.fetch(`/jobs/${job.jobId}`, { method: 'DELETE' });
  });
  const waitForStatus = async (wanted: string) => {
    for (let etag = ''; ;) {
      const headers = { prefer: 'wait=10', ...(etag && { 'if-none-match': etag }) };
      const response = await daemon.fetch(`/jobs/${jobId}`, etag ? { headers } : {});
      const { status } = jobView.parse(await response.json());
      if (status === wanted) return;
      etag = response.headers.get('etag') ?? '';
    }
  };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    daemon.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  test('GET /jobs/:id is its view, by the id of the job and of the video', async () => {
    for (const id of [jobId, videoId]) {
      const response = await daemon.fetch(`/jobs/${id}`);
      expect(response.status).toBe(200);
      expect(jobView.parse(await response.json())).toMatchObject({
        jobId,
        videoId,
        playable: false,
      });
    }
  });

  test('POST /jobs is 202 {jobId, status: submitted} with Location, Link and Retry-After', async () => {
    const response = await post('/jobs', { videoId, quality: 'low', priority: 'high' });
    expect(response.status).toBe(202);
    const body = (await response.json()) as { jobId: string };
    expect(body).toEqual({ jobId: expect.any(String) as string, status: 'submitted' });
    expect(body.jobId).not.toBe(jobId);
    expect(response.headers.get('location')).toBe(`/api/v1/jobs/${body.jobId}/monitor`);
    expect(response.headers.get('link')).toBe(`</api/v1/jobs/${body.jobId}>; rel="status"`);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    const again = await post('/jobs', { videoId, quality: 'low', priority: 'high' });
    expect(await again.json()).toEqual(body);
  });

  test('a jobId of the client: the same body the same answer, another body 409', async () => {
    const wished = `wish-${videoId}`;
    const first = await post('/jobs', { videoId, quality: 'medium', jobId: wished });
    expect(await first.json()).toEqual({ jobId: wished, status: 'submitted' });
    const same = await post('/jobs', { videoId, quality: 'medium', jobId: wished });
    expect(await same.json()).toEqual({ jobId: wished, status: 'submitted' });
    const other = await post('/jobs', { videoId, quality: 'low', jobId: wished });
    expect(other.status).toBe(409);
    const { error } = errorBody.parse(await other.json());
    expect(error.message).toContain(`jobId ${wished} is that of a job with another body`);
    expect(error.hint).toContain('another jobId');
    expect((await post('/jobs', { videoId, jobId: 'not a good id' })).status).toBe(400);
  });

  test('neither or both of videoId and sourcePath is 400, an unknown video 404', async () => {
    expect((await post('/jobs', {})).status).toBe(400);
    expect((await post('/jobs', { videoId, sourcePath: '/x.mkv' })).status).toBe(400);
    expect((await post('/jobs', { videoId: 'nothere' })).status).toBe(404);
  });

  test('notifyUrl is told how the job ends; one that can never be called is 400', async () => {
    const target = await webhookTarget();
    const made = await post('/jobs', { videoId, quality: 'low', notifyUrl: target.url });
    expect(made.status).toBe(202);
    const { jobId: low } = (await made.json()) as { jobId: string };
    await daemon.fetch(`/jobs/${low}`, { method: 'DELETE' });
    await target.until((received) => received.length === 1);
    expect(JSON.parse(target.received[0]?.body ?? '')).toMatchObject({
      type: 'job.cancelled',
      data: { jobId: low, status: 'cancelled', error: { code: 'JOB_CANCELLED' } },
    });
    for (const notifyUrl of ['ftp://example.org/', 'http://169.254.169.254/', 'http://10.0.0.1/']) {
      expect((await post('/jobs', { videoId, notifyUrl })).status).toBe(400);
    }
  });

  test('workflow is taken with the job, set back by PATCH and shown, in snake_case too', async () => {
    const workflow = { dagRunId: 'manual__1', state: 'running' };
    const made = await post('/jobs', { videoId, quality: 'medium', workflow });
    const { jobId: id } = (await made.json()) as { jobId: string };
    expect(await (await daemon.fetch(`/jobs/${id}`)).json()).toMatchObject({ workflow });
    const patch = (path: string, body: object) =>
      daemon.fetch(path, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const set = await patch(`/job/${id}`, {
      workflow: { dag_run_id: 'manual__1', state: 'success' },
    });
    expect(await set.json()).toMatchObject({
      workflow: { dag_run_id: 'manual__1', state: 'success' },
    });
    const cleared = await patch(`/jobs/${id}`, { workflow: null, priority: 'low' });
    expect(await cleared.json()).toMatchObject({ workflow: null, priority: 'low' });
    expect((await patch(`/jobs/${id}`, {})).status).toBe(400);
  });

  test('the singular family is the same jobs in snake_case', async () => {
    const made = await post('/job', { video_id: videoId, quality: 'high', use_gpu: false });
    expect(made.status).toBe(202);
    const { job_id: id } = (await made.json()) as { job_id: string };
    expect(made.headers.get('location')).toBe(`/api/v1/job/${id}/monitor`);
    const view = (await (await daemon.fetch(`/job/${id}`)).json()) as Json;
    expect(view).toMatchObject({ job_id: id, video_id: videoId, estimated_completion: null });
    expect(Object.keys(view).filter((key) => /[A-Z]/.test(key))).toEqual([]);
    expect(view).toHaveProperty('start_time');
    const wrong = await post('/job', { video_id: videoId, job_id: 'a b' });
    expect(errorBody.parse(await wrong.json()).error.details).toMatchObject({
      issues: [{ path: 'job_id' }],
    });
  });

  test('GET /jobs?status= lists those; an unknown status is 400', async () => {
    await waitForStatus('processing');
    const list = (await (await daemon.fetch('/jobs?status=processing')).json()) as { jobs: Json[] };
    expect(list.jobs.length).toBeGreaterThan(0);
    expect(new Set(list.jobs.map((job) => job['status']))).toEqual(new Set(['processing']));
    expect((await daemon.fetch('/jobs?status=done')).status).toBe(400);
  });

  test('pause, resume, priority, cancel, retry', async () => {
    const state = async (response: Response) => ((await response.json()) as Json)['status'];
    const control = (verb: string) => daemon.fetch(`/jobs/${jobId}/${verb}`, { method: 'POST' });
    expect(await state(await control('pause'))).toBe('paused');
    expect(await state(await control('resume'))).toMatch(/submitted|processing/);
    expect((await control('resume')).status).toBe(200);
    const patched = await daemon.fetch(`/jobs/${jobId}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ priority: 'low' }),
    });
    expect(await patched.json()).toMatchObject({ priority: 'low' });
    expect(await state(await daemon.fetch(`/jobs/${jobId}`, { method: 'DELETE' }))).toBe(
      'cancelled',
    );
    expect((await control('pause')).status).toBe(409);
    expect((await control('retry')).status).toBe(200);
  });

  test('monitor is 200 with Retry-After while it runs, 409 JOB_CANCELLED after a cancel', async () => {
    for (const path of [`/jobs/${jobId}/monitor`, `/monitor/${jobId}`]) {
      const running = await daemon.fetch(path);
      expect(running.status).toBe(200);
      expect(running.headers.get('retry-after')).toMatch(/^\d+$/);
    }
    await daemon.fetch(`/jobs/${jobId}`, { method: 'DELETE' });
    for (const path of [`/jobs/${jobId}/monitor`, `/jobs/${jobId}/results`, `/result/${jobId}`]) {
      const cancelled = await daemon.fetch(path);
      expect(cancelled.status).toBe(409);
      expect(await cancelled.json()).toMatchObject({ error: { code: 'JOB_CANCELLED' } });
    }
  });

  test('results are 202 with a sentence while it runs', async () => {
    await waitForStatus('processing');
    const response = await daemon.fetch(`/jobs/${jobId}/results`);
    expect(response.status).toBe(202);
    const body = (await response.json()) as { message: string };
    const keys = ['estimatedCompletion', 'message', 'progress', 'startTime', 'status'];
    expect(Object.keys(body).toSorted()).toEqual(keys);
    expect(body.message).toMatch(/^This video is being made\. It started at \d{4}-/);
  });

  test('results of a paused job say so', async () => {
    await waitForStatus('processing');
    await daemon.fetch(`/jobs/${jobId}/pause`, { method: 'POST' });
    const response = await daemon.fetch(`/jobs/${jobId}/results`);
    expect(response.status).toBe(202);
    expect((await response.json()).message).toMatch(/^This video is paused\. It started at \d{4}-/);
  });

  test('monitor and results are never kept by a cache', async () => {
    for (const path of ['monitor', 'results']) {
      const { headers } = await daemon.fetch(`/jobs/${jobId}/${path}`);
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  test('/job says what is wrong in snake_case', async () => {
    const wrong = await post('/job', { quality: 'low' });
    expect((await wrong.json()).error.message).toContain('either video_id or source_path');
    const inCamelCase = await post('/jobs', { quality: 'low' });
    expect((await inCamelCase.json()).error.message).toContain('either videoId or sourcePath');
  });

  test('a wrong status in a list is named by its parameter', async () => {
    const { error } = await (await daemon.fetch('/jobs?status=queued,bogus')).json();
    expect(error.details.issues).toMatchObject([{ path: 'status' }]);
  });

  test('ETag stands for status and playable; Prefer: wait answers a change at once', async () => {
    const first = await daemon.fetch(`/jobs/${jobId}`);
    const etag = first.headers.get('etag') ?? '';
    const headers = { 'if-none-match': etag };
    expect((await daemon.fetch(`/jobs/${jobId}`, { headers })).status).toBe(304);
    const waited = daemon.fetch(`/jobs/${jobId}`, { headers: { ...headers, prefer: 'wait=30' } });
    await daemon.fetch(`/jobs/${jobId}/pause`, { method: 'POST' });
    const changed = await waited;
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
    expect(await changed.json()).toMatchObject({ status: 'paused' });
  });

  test('Prefer: wait=1 with the current ETag is 304 after a second', async () => {
    const etag = (await daemon.fetch(`/jobs/${jobId}`)).headers.get('etag') ?? '';
    const started = performance.now();
    const headers = { 'if-none-match': etag, prefer: 'wait=1' };
    expect((await daemon.fetch(`/jobs/${jobId}`, { headers })).status).toBe(304);
    expect(performance.now() - started).toBeGreaterThan(990);
  });

  test('Prefer: wait without If-None-Match answers when the job is final', async () => {
    const waited = daemon.fetch(`/jobs/${jobId}`, { headers: { prefer: 'wait=30' } });
    await daemon.fetch(`/jobs/${jobId}/pause`, { method: 'POST' });
    await daemon.fetch(`/jobs/${jobId}`, { method: 'DELETE' });
    expect(await (await waited).json()).toMatchObject({ status: 'cancelled' });
  });

  test('POST /transcode/start is 200 with Location, and 202 with Prefer: respond-async', async () => {
    const body = {
      videoId,
      outputFormats: { hls: { resolutions: ['1280x720'], segmentDuration: 10 } },
      priority: 'high',
    };
    const started = await post('/transcode/start', body);
    expect(started.status).toBe(200);
    const answer = (await started.json()) as { jobId: string };
    expect(answer).toMatchObject({ provider: 'local' });
    expect(started.headers.get('location')).toBe(`/api/v1/jobs/${answer.jobId}/monitor`);
    const async = await post('/transcode/start', body, { prefer: 'respond-async' });
    expect(async.status).toBe(202);
    expect(await async.json()).toMatchObject({ jobId: answer.jobId });
    const longer = { hls: { segmentDuration: 13 } };
    expect((await post('/transcode/start', { videoId, outputFormats: longer })).status).toBe(400);
    expect((await post('/transcode/start', { videoId, outputFormats: { dash: {} } })).status).toBe(
      400,
    );
    const foreign = { videoId, sourcePath: '/etc/passwd' };
    expect((await post('/transcode/start', foreign)).status).toBe(400);
  });

  test('GET /transcode/:id has four states, the exact one in state', async () => {
    const view = async (id: string) =>
      transcodeStatus.parse(await (await daemon.fetch(`/transcode/${id}`)).json());
    await daemon.fetch(`/jobs/${jobId}/pause`, { method: 'POST' });
    expect(await view(jobId)).toMatchObject({ status: 'queued', state: 'paused', error: null });
    await daemon.fetch(`/jobs/${jobId}`, { method: 'DELETE' });
    expect(await view(jobId)).toMatchObject({
      status: 'failed',
      state: 'cancelled',
      error: { code: 'JOB_CANCELLED' },
    });
    expect((await daemon.fetch(`/transcode/status/${jobId}`)).status).toBe(200);
    const unknown = await daemon.fetch('/transcode/nothere');
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({ error: { code: 'TRANSCODE_JOB_NOT_FOUND' } });
  });
});

test('without ffmpeg POST /transcode/start is 500 TRANSCODE_FAILED', async () => {
  const daemon = await startTestDaemon({ env: { KDRAMA_FFMPEG: '/nowhere/ffmpeg' } });
  const { videoId } = await put(daemon, videoBytes(5000));
  const response = await uploadClient(daemon).post('/transcode/start', { videoId });
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ error: { code: 'TRANSCODE_FAILED' } });
  const health = await (await fetch(`${daemon.url}/health`)).json();
  expect(health).toMatchObject({ status: 'degraded', ffmpeg: false });
  await daemon.close();
});

describe('a job that ends', () => {
  let daemon: TestDaemon;
  let folder: string;
  let path: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kdrama-clip-'));
    path = join(folder, 'Goblin.E01.mkv');
    await copyFile(await makeClip({ ...episodeClip, seconds: 6, size: '640x360' }), path);
    daemon = await startTestDaemon();
  });
  afterAll(async () => {
    await daemon.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('POST /jobs with sourcePath: 202, then ready; monitor is 201, results are 200', async () => {
    const { post } = uploadClient(daemon);
    const submitted = await post('/jobs', { sourcePath: path, jobId: 'my-job' });
    expect(submitted.status).toBe(202);
    expect(await submitted.json()).toEqual({ jobId: 'my-job', status: 'submitted' });
    const done = await daemon.fetch('/jobs/my-job', { headers: { prefer: 'wait=50' } });
    const job = jobView.parse(await done.json());
    expect(job).toMatchObject({ status: 'completed', stage: 'done', progress: 100, error: null });

    const monitor = await daemon.fetch('/jobs/my-job/monitor');
    expect(monitor.status).toBe(201);
    expect(monitor.headers.get('location')).toBe('/api/v1/jobs/my-job/results');

    const results = jobResults.parse(await (await daemon.fetch('/jobs/my-job/results')).json());
    expect(results.outputDir).toContain(job.videoId);
    expect(results.files.subtitles).toHaveLength(2);
    const paths = [results.files.playlist, results.files.metadata, ...results.files.subtitles];
    for (const file of [...paths, ...Object.values(results.files.mp4)]) {
      expect([file, (await daemon.fetch(file)).status]).toEqual([file, 200]);
    }
    const status = transcodeStatus.parse(await (await daemon.fetch('/transcode/my-job')).json());
    expect(status.status).toBe('completed');
    const segments = status.outputFiles?.hls.segments ?? [];
    expect(segments.length).toBeGreaterThan(2);
    expect((await daemon.fetch(segments[0] ?? '')).status).toBe(200);

    const view = (await (await daemon.fetch(`/metadata/${job.videoId}`)).json()) as Json;
    expect(view).toMatchObject({
      id: job.videoId,
      series: 'Goblin',
      season: null,
      episode: 1,
      episodeKnown: true,
      duration: expect.closeTo(6, 1) as number,
      availableQualities: ['360p'],
    });
    const { hls } = view['streamingUrls'] as { hls: string };
    expect((await fetch(`${daemon.url}${hls}`)).status).toBe(200);
  });

  test('a ladder that the source does not exceed is the one that is made already', async () => {
    const { post } = uploadClient(daemon);
    const clip = await makeClip({ ...episodeClip, subtitles: [], seconds: 2, size: '640x360' });
    const { videoId, transcodingJobId } = await put(daemon, await readFile(clip));
    const planned = async () =>
      jobView.parse(await (await daemon.fetch(`/jobs/${videoId}`)).json());
    await expect
      .poll(async () => (await planned()).renditions.length, { timeout: 30_000 })
      .toBeGreaterThan(0);
    const start = async (resolutions: string[], segmentDuration: number) => {
      const outputFormats = { hls: { resolutions, segmentDuration } };
      const answer = await post('/transcode/start', { videoId, outputFormats });
      return ((await answer.json()) as { jobId: string }).jobId;
    };
    expect(await start(['1080p', '720p', '360p'], 6)).toBe(transcodingJobId);
    expect(await start(['640x360'], 6)).toBe(transcodingJobId);
    expect(await start(['1080p', '720p', '360p'], 4)).not.toBe(transcodingJobId);
    const high = await post('/jobs', { videoId, quality: 'high' });
    expect(await high.json()).toMatchObject({ jobId: transcodingJobId });
  });

  test('results name no quality that /stream no longer has, once another plan is published', async () => {
    const { post } = uploadClient(daemon);
    const large = join(folder, 'Goblin.E02.mkv');
    await copyFile(await makeClip({ ...episodeClip, seconds: 6, size: '1280x720' }), large);
    const made = async (route: string, body: Json) => {
      const { jobId } = (await (await post(route, body)).json()) as { jobId: string };
      const done = await daemon.fetch(`/jobs/${jobId}`, { headers: { prefer: 'wait=50' } });
      return jobView.parse(await done.json());
    };
    const first = await made('/jobs', { sourcePath: large });
    const qualities = async () => {
      const results = await daemon.fetch(`/jobs/${first.jobId}/results`);
      return jobResults.parse(await results.json()).files.mp4;
    };
    expect(Object.keys(await qualities()).toSorted()).toEqual(['360p', '720p']);

    const hls = { resolutions: ['360p'] };
    await made('/transcode/start', { videoId: first.videoId, outputFormats: { hls } });
    const mp4 = await qualities();
    expect(Object.keys(mp4)).toEqual(['360p']);
    expect((await daemon.fetch(mp4['360p'] ?? '')).status).toBe(200);
  });

  test('what is no episode ends as failed: monitor and results are 409 TRANSCODE_FAILED', async () => {
    const { transcodingJobId } = await put(daemon, videoBytes(5000));
    const done = await daemon.fetch(`/jobs/${transcodingJobId}`, {
      headers: { prefer: 'wait=50' },
    });
    expect(await done.json()).toMatchObject({ status: 'failed' });
    for (const end of ['monitor', 'results']) {
      const response = await daemon.fetch(`/jobs/${transcodingJobId}/${end}`);
      expect(response.status).toBe(409);
      const { error } = errorBody.parse(await response.json());
      expect(error.code).toBe('TRANSCODE_FAILED');
      expect(error.hint).toContain('Send a whole video file');
    }
  });
});
