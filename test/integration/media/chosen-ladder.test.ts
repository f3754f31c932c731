import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { runTask } from '../../../src/daemon/worker/run-task.js';
import type { RunTask } from '../../../src/daemon/worker/task.js';
import type { JobView, UploadAccepted, VideoView } from '../../../src/shared/contract/index.js';
import { makeClip, type Clip } from '../../support/clips.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { countFrames, playEpisode } from '../../support/finished-episode.js';
import { tools } from '../../support/worker-bench.js';

/** Two chunks, of a codec that is never copied. */
const clip: Clip = {
  ...{ seconds: 60, size: '1280x720', framesPerSecond: 12, picture: 'testsrc2', subtitles: [] },
  videoOptions: ['-c:v', 'mpeg4', '-q:v', '8'],
  audioOptions: ['-c:a', 'aac', '-b:a', '96k', '-ac', '2'],
  audio: [{ language: 'kor', title: 'Korean' }],
};
const frames = (of: Clip) => of.seconds * of.framesPerSecond;

const chosen = {
  KDRAMA_RESOLUTIONS: '480p,240p=300k',
  KDRAMA_CRF: '28',
  KDRAMA_PRESET: 'ultrafast',
};
const others = { KDRAMA_RESOLUTIONS: '360p', KDRAMA_CRF: '40', KDRAMA_PRESET: 'superfast' };

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-chosen-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function daemonWith(
  env: Record<string, string>,
  more: { home?: string; runTask?: RunTask } = {},
): Promise<TestDaemon> {
  const daemon = await startTestDaemon({ env, ...more });
  onTestFinished(() => daemon.close());
  return daemon;
}

async function upload(daemon: TestDaemon, of: Clip, query = ''): Promise<UploadAccepted> {
  const body = new Uint8Array(await readFile(await makeClip(of)));
  const path = `/upload?filename=Goblin.E01.mkv${query}`;
  const response = await daemon.fetch(path, { method: 'PUT', body });
  expect(response.status, await response.clone().text()).toBe(202);
  return (await response.json()) as UploadAccepted;
}

async function ready(daemon: TestDaemon, jobId: string): Promise<JobView> {
  const response = await daemon.fetch(`/jobs/${jobId}`, { headers: { prefer: 'wait=50' } });
  const job = (await response.json()) as JobView;
  expect(job).toMatchObject({ status: 'completed', error: null });
  return job;
}

async function submit(daemon: TestDaemon, wish: object): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(wish);
  const response = await daemon.fetch('/jobs', { method: 'POST', headers, body });
  return ((await response.json()) as { jobId: string }).jobId;
}

/** By height: how many frames there are, and the CRFs that x264 has left in them. */
async function played(daemon: TestDaemon, videoId: string) {
  const video = (await (await daemon.fetch(`/videos/${videoId}`)).json()) as VideoView;
  const { pictures } = await playEpisode(`${daemon.url}${video.streamingUrls.hls}`, directory);
  const found: Record<number, { frames: number; crfs: string[] }> = {};
  for (const [height, { path }] of pictures) {
    const said = (await readFile(path)).toString('latin1').matchAll(/ crf=([\d.]+) /g);
    const crfs = [...said].map(([, crf]) => crf ?? '');
    expect(crfs.length).toBeGreaterThan(0);
    found[height] = { frames: await countFrames(path), crfs: [...new Set(crfs)] };
  }
  return found;
}

const pictures = ({ renditions }: JobView) =>
  renditions.flatMap(({ name, width, height, encoder }) =>
    width === null ? [] : [{ name, size: `${width}x${height}`, ...encoder }],
  );

const asChosen = { crf: 28, preset: 'ultrafast' };
const chosenPictures = [
  { name: '480p', size: '854x480', ...asChosen, maxBitRate: 1_200_000 },
  { name: '240p', size: '426x240', ...asChosen, maxBitRate: 300_000 },
];

describe('a ladder that the settings choose', () => {
  test('is what an episode gets, no more and no less, with every frame', async () => {
    const daemon = await daemonWith(chosen);
    const { videoId, transcodingJobId } = await upload(daemon, clip);
    const job = await ready(daemon, transcodingJobId);
    expect(pictures(job)).toEqual(chosenPictures);
    expect(job.renditions[0]?.reason).toBe('MPEG-4 (CRF 28, preset ultrafast)');
    const whole = { frames: frames(clip), crfs: ['28.0'] };
    expect(await played(daemon, videoId)).toEqual({ 480: whole, 240: whole });
  });

  test('stays that of a job that is half done when the settings change', async () => {
    const home = await mkdtemp(join(tmpdir(), 'kdrama-changed-'));
    onTestFinished(() => rm(home, { recursive: true, force: true }));
    const real = runTask(() => Promise.resolve(tools));
    // All but the first segments stand still until the daemon stops.
    const holding: RunTask = async (task, ports) => {
      if (task.kind !== 'encode' || task.firstSegment === 0) return real(task, ports);
      return new Promise((_, reject) => {
        ports.signal.addEventListener('abort', () => reject(ports.signal.reason as Error));
      });
    };
    const before = await daemonWith(chosen, { home, runTask: holding });
    const { videoId, transcodingJobId } = await upload(before, clip);
    await expect
      .poll(
        async () => {
          const view = await (await before.fetch(`/jobs/${transcodingJobId}`)).json();
          return (view as JobView).renditions.map(({ segmentsDone }) => segmentsDone);
        },
        { timeout: 30_000 },
      )
      .toEqual([1, 1, expect.any(Number)]);
    await before.stop();

    const daemon = await daemonWith(others, { home });
    const job = await ready(daemon, transcodingJobId);
    expect(pictures(job)).toEqual(chosenPictures);
    const whole = { frames: frames(clip), crfs: ['28.0'] };
    expect(await played(daemon, videoId)).toEqual({ 480: whole, 240: whole });

    // Who says nothing means what is there; what is said, where it differs, is made beside it.
    expect(await submit(daemon, { videoId })).toBe(transcodingJobId);
    expect(await submit(daemon, { videoId, crf: 28 })).toBe(transcodingJobId);
    const resolutions = ['480p', '240p'];
    expect(await submit(daemon, { videoId, resolutions })).toBe(transcodingJobId);
    const another = await submit(daemon, { videoId, crf: 40 });
    expect(another).not.toBe(transcodingJobId);
    expect(pictures(await ready(daemon, another))).toEqual([
      { name: '360p', size: '640x360', crf: 40, preset: 'superfast', maxBitRate: 850_000 },
    ]);
    expect(await played(daemon, videoId)).toEqual({
      360: { frames: frames(clip), crfs: ['40.0'] },
    });
  });
});

describe('what one episode is asked for', () => {
  test('wins over the settings, whose ceilings still hold', async () => {
    const daemon = await daemonWith({ ...chosen, KDRAMA_RESOLUTIONS: '1080p,240p=300k' });
    const short = { ...clip, seconds: 4 };
    const query = '&resolutions=360p=700k,240p,2160p&crf=30&preset=superfast';
    const { videoId, transcodingJobId } = await upload(daemon, short, query);
    const settings = { crf: 30, preset: 'superfast' };
    expect(pictures(await ready(daemon, transcodingJobId))).toEqual([
      { name: '720p', size: '1280x720', ...settings, maxBitRate: 2_500_000 },
      { name: '360p', size: '640x360', ...settings, maxBitRate: 700_000 },
      { name: '240p', size: '426x240', ...settings, maxBitRate: 300_000 },
    ]);
    const whole = { frames: frames(short), crfs: ['30.0'] };
    expect(await played(daemon, videoId)).toEqual({ 720: whole, 360: whole, 240: whole });
  });

  test('may be larger than the ladder of all others, and never larger than itself', async () => {
    const daemon = await daemonWith({ KDRAMA_PRESET: 'ultrafast' });
    const wide: Clip = { ...clip, seconds: 1, size: '2560x1080' };
    const usual = await ready(daemon, (await upload(daemon, wide)).transcodingJobId);
    expect(pictures(usual).map(({ name, size }) => `${name} ${size}`)).toEqual([
      ...['1080p 1920x810', '720p 1280x540', '360p 640x270'],
    ]);
    const wish = { videoId: usual.videoId, resolutions: ['2160p', '480p'] };
    const job = await ready(daemon, await submit(daemon, wish));
    expect(pictures(job).map(({ name, size }) => `${name} ${size}`)).toEqual([
      ...['1440p 2560x1080', '480p 854x360'],
    ]);
    const made = await played(daemon, usual.videoId);
    expect(Object.keys(made)).toEqual(['360', '1080']);
    expect(made[1080]?.frames).toBe(frames(wide));
  });

  test.each([
    ['resolutions=700', 'resolutions', 'expected resolutions like 1080p'],
    ['resolutions=720p=1', 'resolutions', 'from 50k to 100M bits per second'],
    ['crf=0', 'crf', 'expected a number from 1 to 51'],
    ['preset=placebo', 'preset', 'veryslow'],
  ])('is refused where it is none: %s', async (query, field, words) => {
    const daemon = await daemonWith({});
    const path = `/upload?filename=Goblin.E01.mkv&${query}`;
    const response = await daemon.fetch(path, { method: 'PUT', body: new Uint8Array(10) });
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect([response.status, error.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(error.message).toContain(field);
    expect(error.message).toContain(words);
  });
});
