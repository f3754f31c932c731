import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { jobView, type JobView } from '../../../src/shared/contract/index.js';
import { hasProc, runningFfmpegs } from '../../support/child-processes.js';
import { episodeClip, makeClip } from '../../support/clips.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';

const clip = { ...episodeClip, seconds: 36 };

/** A daemon in the middle of encoding a chunk, with some of its segments published. */
async function encoding() {
  const home = await mkdtemp(join(tmpdir(), 'kdrama-control-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const start = async () => {
    const daemon = await startTestDaemon({ home });
    onTestFinished(() => daemon.close());
    return daemon;
  };
  const daemon = await start();
  const body = new Uint8Array(readFileSync(await makeClip(clip)));
  const put = await daemon.fetch('/upload?filename=Rain.E01.mkv', { method: 'PUT', body });
  const { videoId } = (await put.json()) as { videoId: string };
  const job = client(daemon, videoId);
  await expect.poll(async () => encodedSegments(await job.view()), { timeout: 50_000 }).toBe(2);
  expect(runningFfmpegs()).not.toEqual([]);
  return { ...{ home, start, daemon, videoId, job }, files: () => segmentFiles(home, videoId) };
}

function client(daemon: TestDaemon, id: string) {
  const ask = async (path = '', init: RequestInit = {}) =>
    jobView.parse(await (await daemon.fetch(`/jobs/${id}${path}`, init)).json());
  return {
    view: () => ask(),
    post: (verb: string) => ask(`/${verb}`, { method: 'POST' }),
    cancel: () => ask('', { method: 'DELETE' }),
    ended: () => ask('', { headers: { prefer: 'wait=60' } }),
  };
}

/** Of the smallest rung: none is ever far ahead of another. */
function encodedSegments({ renditions }: JobView): number {
  const { segmentsDone = 0 } = renditions.find(({ name }) => name === '360p') ?? {};
  return Math.min(2, segmentsDone);
}

/** Path → inode and time of change: whoever writes a file again changes one of them. */
function segmentFiles(home: string, videoId: string): Map<string, string> {
  const folder = join(home, 'media', 'videos', videoId);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    paths
      .filter((path) => path.endsWith('.m4s'))
      .map((path) => {
        const { ino, mtimeMs, size } = statSync(join(folder, path));
        return [path, `${ino} ${mtimeMs} ${size}`];
      }),
  );
}

const attempts = (home: string) => readdirSync(join(home, 'media', 'attempts'));
const kept = (before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>) =>
  [...before].filter(([path, facts]) => now.get(path) === facts).length;

// Running processes are looked at in /proc: elsewhere these are skipped by name.
describe.runIf(hasProc)('a job that ffmpeg works at', () => {
  test('paused: nothing runs within a second, and resume goes on with what is missing', async () => {
    const { job, files } = await encoding();
    expect(await job.post('pause')).toMatchObject({ status: 'paused', estimatedCompletion: null });
    await expect.poll(() => runningFfmpegs(), { timeout: 1000, interval: 20 }).toEqual([]);
    const { progress } = await job.view();
    const before = files();
    expect(before.size).toBeGreaterThan(2);
    expect((await job.post('resume')).progress).toBeGreaterThanOrEqual(progress);
    expect(await job.ended()).toMatchObject({ status: 'completed', progress: 100 });
    const after = files();
    expect(kept(before, after)).toBe(before.size);
    expect(after.size).toBeGreaterThan(before.size);
  });

  test('cancelled: nothing runs within two seconds, what is published stays, retry makes the rest', async () => {
    const { home, job, files, videoId } = await encoding();
    expect(await job.cancel()).toMatchObject({ status: 'cancelled' });
    await expect.poll(() => runningFfmpegs(), { timeout: 2000, interval: 20 }).toEqual([]);
    await expect.poll(() => attempts(home), { timeout: 2000, interval: 20 }).toEqual([]);
    const source = join(home, 'media', 'videos', videoId, 'source');
    expect(statSync(source).size).toBe(statSync(await makeClip(clip)).size);
    const before = files();
    expect(before.size).toBeGreaterThan(2);
    const { progress } = await job.view();
    expect((await job.post('retry')).progress).toBeGreaterThanOrEqual(progress);
    expect(await job.ended()).toMatchObject({ status: 'completed', error: null });
    expect(kept(before, files())).toBe(before.size);
  });

  test('ends with the daemon, and the next one makes the rest', async () => {
    const { home, start, daemon, videoId, files } = await encoding();
    await daemon.stop();
    expect(runningFfmpegs()).toEqual([]);
    expect(attempts(home)).toEqual([]);
    const before = files();
    const next = client(await start(), videoId);
    expect(await next.ended()).toMatchObject({ status: 'completed' });
    expect(kept(before, files())).toBe(before.size);
  });
});
