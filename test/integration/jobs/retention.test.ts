import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/daemon/clock.js';
import { forgetFinished } from '../../../src/daemon/jobs/upkeep/retention.js';
import { KdramaError } from '../../../src/shared/errors.js';
import { startTestDaemon } from '../../support/daemon.js';
import { videoBytes } from '../../support/file-bytes.js';
import { openHome } from './scripted-episode.js';
import { encodedEpisode } from './scripted-worker.js';

const dayMs = 24 * 60 * 60 * 1000;
const goOn = new AbortController().signal;

/** A home in which jobs are made by a script, seen some days later. */
function homeLater() {
  const home = openHome();
  const worker = encodedEpisode(3);
  const jobs = home.jobs(worker);
  home.addVideo('a');
  jobs.start();
  const ended = async (settings = {}) => {
    const { jobId } = jobs.submit({ videoId: 'a', settings });
    await home.until(() => home.open(jobId).length === 0 && jobs.view(jobId)?.status !== 'queued');
    return jobId;
  };
  const forget = (days: number) => {
    const clock = { ...systemClock, now: () => Date.now() + days * dayMs };
    return forgetFinished({ store: home.store, layout: home.layout, clock }, 30, goOn);
  };
  const planOf = (jobId: string) =>
    home.layout.plan('a', home.store.jobs.find(jobId)?.planId ?? 'none');
  return { ...home, worker, jobsOf: jobs, ended, forget, planOf };
}

describe('a job that ended 30 days ago', () => {
  it('is still there for its video, without how it was made', async () => {
    const { store, jobsOf, ended, forget, planOf } = homeLater();
    const jobId = await ended();
    const before = jobsOf.view(jobId);
    const files = readdirSync(planOf(jobId), { recursive: true });
    await forget(29);
    expect(store.tasks.ofJob(jobId)).not.toEqual([]);
    await forget(31);
    expect(store.tasks.ofJob(jobId)).toEqual([]);
    expect(store.events.ofJob(jobId)).toEqual([]);
    expect(jobsOf.view(jobId)).toEqual(before);
    expect(readdirSync(planOf(jobId), { recursive: true })).toEqual(files);
  });

  it('goes with its plan and its files when a newer one has replaced it', async () => {
    const { store, layout, jobsOf, ended, forget, planOf } = homeLater();
    const old = await ended();
    const oldPlan = planOf(old);
    const oldRow = store.jobs.find(old);
    const current = await ended({ segmentDurationSeconds: 10 });
    const files = readdirSync(planOf(current), { recursive: true });
    await forget(31);
    expect(jobsOf.view(old)).toBeUndefined();
    expect(existsSync(oldPlan)).toBe(false);
    expect(store.plans.find(oldRow?.planId ?? '')).toBeUndefined();
    expect(store.renditions.ofPlan(oldRow?.planId ?? '')).toEqual([]);
    expect(readdirSync(layout.attempts)).toEqual([]);
    expect(jobsOf.view('a')).toMatchObject({ jobId: current, status: 'completed' });
    expect(readdirSync(planOf(current), { recursive: true })).toEqual(files);
    expect(existsSync(layout.source('a'))).toBe(true);
    expect(existsSync(layout.poster('a'))).toBe(true);
  });

  it('stays while the video is played by its plan, however the newer one ended', async () => {
    const { jobsOf, worker, ended, forget, planOf } = homeLater();
    const played = await ended();
    worker.failAt = () => {
      throw new KdramaError('STORAGE_FULL');
    };
    const newer = await ended({ segmentDurationSeconds: 10 });
    await forget(31);
    expect(jobsOf.view(newer)?.status).toBe('failed');
    expect(jobsOf.view(played)?.status).toBe('completed');
    expect(existsSync(planOf(played))).toBe(true);
  });

  it('that failed or was cancelled can be retried, when it is the only one of its video', async () => {
    const { store, jobsOf, worker, ended, forget, ...home } = homeLater();
    worker.failAt = ({ before }) => {
      if (before === 1) throw new KdramaError('STORAGE_FULL');
    };
    const jobId = await ended();
    expect(jobsOf.view(jobId)?.status).toBe('failed');
    await forget(31);
    expect(store.tasks.ofJob(jobId)).toEqual([]);
    worker.failAt = () => undefined;
    worker.made.length = 0;
    jobsOf.retry(jobId);
    await home.until(() => jobsOf.view(jobId)?.status === 'completed');
    expect(worker.made).not.toContain('360p/0');
  });
});

it('lets who began to watch the old plan end, for a day', async () => {
  const { store, jobsOf, ended, planOf, layout } = homeLater();
  const old = await ended();
  await ended({ segmentDurationSeconds: 10 });
  const forget = (days: number, laterMs: number) => {
    const clock = { ...systemClock, now: () => Date.now() + laterMs };
    return forgetFinished({ store, layout, clock }, days, goOn);
  };
  const plan = planOf(old);
  await forget(0.01, dayMs / 2);
  expect(existsSync(plan)).toBe(true);
  expect(jobsOf.view(old)).toBeDefined();
  await forget(0.01, dayMs * 1.5);
  expect(existsSync(plan)).toBe(false);
});

it('is forgotten by a daemon that starts later', async () => {
  const home = await mkdtemp(join(tmpdir(), 'kdrama-retention-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const options = { home, runTask: encodedEpisode(3).runTask };
  const first = await startTestDaemon(options);
  const body = new Uint8Array(videoBytes(5000));
  const put = await first.fetch('/upload?filename=a.mkv', { method: 'PUT', body });
  const { videoId } = (await put.json()) as { videoId: string };
  const post = (settings: object) =>
    first.fetch('/transcode/start', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ videoId, outputFormats: { hls: settings } }),
    });
  const made = async (segmentDuration: number) => {
    const { jobId } = (await (await post({ segmentDuration })).json()) as { jobId: string };
    await first.fetch(`/jobs/${jobId}`, { headers: { prefer: 'wait=30' } });
    return jobId;
  };
  const old = await made(6);
  const current = await made(10);
  await first.close();
  const clock = { ...systemClock, now: () => Date.now() + 8 * dayMs };
  const later = await startTestDaemon({ ...options, clock, env: { KDRAMA_RETENTION_DAYS: '7' } });
  onTestFinished(() => later.close());
  const statusOf = async (id: string) => (await later.fetch(`/jobs/${id}`)).status;
  await expect.poll(() => statusOf(old), { timeout: 20_000 }).toBe(404);
  expect(await statusOf(current)).toBe(200);
});
