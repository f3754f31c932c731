import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobView } from '../../../src/shared/contract/index.js';
import { makeClip, type Clip } from '../../support/clips.js';
import { completedJob, masterUrl, readyJob } from '../../support/completed-job.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { countFrames, playEpisode } from '../../support/finished-episode.js';

const seconds = 20;
const framesPerSecond = 24;
const episode: Clip = {
  ...{ seconds, size: '1280x720', framesPerSecond, picture: 'testsrc2', subtitles: [] },
  videoOptions: ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '48'],
  audioOptions: ['-c:a', 'aac', '-b:a', '96k', '-ac', '2'],
  audio: [{ language: 'kor', title: 'Korean' }],
};
const mpeg4: Clip = { ...episode, videoOptions: ['-c:v', 'mpeg4', '-q:v', '8'] };

let daemon: TestDaemon;
let directory: string;
beforeAll(async () => {
  daemon = await startTestDaemon();
  directory = await mkdtemp(join(tmpdir(), 'kdrama-ladders-'));
});
afterAll(async () => {
  await daemon.close();
  await rm(directory, { recursive: true, force: true });
});

const ready = async (clip: Clip, ladder: string) =>
  readyJob(daemon, await makeClip(clip), `ladder=${ladder}`);

const inWords = ({ renditions }: JobView) =>
  renditions.map(({ name, method, segmentsDone }) => `${name} ${method} ${segmentsDone}`);

describe('an H.264 episode', () => {
  let job: JobView;
  beforeAll(async () => {
    job = await ready(episode, 'on-demand');
  });

  test('is ready on demand when it is copied', () => {
    const [copied, onDemand, sound] = inWords(job);
    expect(copied).toMatch(/^720p copied [1-9]/);
    expect(onDemand).toBe('360p encoded 0');
    expect(sound).toMatch(/^audio-0 copied [1-9]/);
  });

  test('plays to its end in a rung that nobody had made, without leaving completed', async () => {
    const played = await playEpisode(await masterUrl(daemon, job.videoId), directory);
    expect([...played.pictures.keys()].toSorted((a, b) => a - b)).toEqual([360, 720]);
    expect(await countFrames(played.pictures.get(360)?.path ?? '')).toBe(seconds * framesPerSecond);
    const after = await completedJob(daemon, job.jobId);
    expect(after.completedAt).toBe(job.completedAt);
    const [copied, made] = after.renditions;
    expect(made?.segmentsDone).toBe(copied?.segmentsDone);
  });

  test('with the ladder copy has no other rung, in another plan', async () => {
    const body = JSON.stringify({ videoId: job.videoId, ladder: 'copy' });
    const headers = { 'content-type': 'application/json' };
    const response = await daemon.fetch('/jobs', { method: 'POST', headers, body });
    const { jobId } = (await response.json()) as JobView;
    expect(jobId).not.toBe(job.jobId);
    expect((await completedJob(daemon, jobId)).renditions.map(({ name }) => name)).toEqual([
      '720p',
      'audio-0',
    ]);
    const played = await playEpisode(await masterUrl(daemon, job.videoId), directory);
    expect([...played.pictures.keys()]).toEqual([720]);
  });
});

describe('an episode whose picture cannot be copied', () => {
  test('is the lowest rung alone with the ladder copy, and says why', async () => {
    const job = await ready(mpeg4, 'copy');
    const [picture] = job.renditions;
    expect(job.renditions.map(({ name }) => name)).toEqual(['360p', 'audio-0']);
    expect(picture?.reason).toBe('cannot be copied (MPEG-4): the lowest alone');
  });

  test('is made as one file for who asks for that, on demand', async () => {
    const job = await ready({ ...mpeg4, seconds: 15 }, 'on-demand');
    expect(inWords(job).slice(0, 2)).toEqual(['720p encoded 0', '360p encoded 1']);
    const path = `/stream/${job.videoId}?quality=360p`;
    const early = await daemon.fetch(path);
    expect([early.status, early.headers.get('retry-after')]).toEqual([404, '5']);
    let bytes = early;
    const deadline = Date.now() + 40_000;
    const changed = { headers: { prefer: 'wait=1' } };
    while (bytes.status !== 200 && Date.now() < deadline) {
      await daemon.fetch(`/jobs/${job.jobId}`, changed);
      bytes = await daemon.fetch(path);
    }
    expect(bytes.status).toBe(200);
    expect(Number(bytes.headers.get('content-length'))).toBeGreaterThan(50_000);
  });
});
