import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  JobView,
  UploadAccepted,
  UsageView,
  VideoView,
} from '../../../src/shared/contract/index.js';
import { makeClip, type Clip } from '../../support/clips.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { countFrames, playEpisode } from '../../support/finished-episode.js';

const episode: Clip = {
  ...{ seconds: 20, size: '1280x720', framesPerSecond: 24, picture: 'testsrc2', subtitles: [] },
  videoOptions: ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '48'],
  audioOptions: ['-c:a', 'aac', '-b:a', '96k', '-ac', '2'],
  audio: [{ language: 'kor', title: 'Korean' }],
};
const withText: Clip = {
  ...episode,
  subtitles: [{ language: 'kor', title: 'Korean', lines: ['안녕하세요'] }],
};

let daemon: TestDaemon;
let directory: string;
beforeAll(async () => {
  daemon = await startTestDaemon();
  directory = await mkdtemp(join(tmpdir(), 'kdrama-sources-'));
});
afterAll(async () => {
  await daemon.close();
  await rm(directory, { recursive: true, force: true });
});

async function ready(clip: Clip): Promise<JobView> {
  const response = await daemon.fetch('/upload?filename=Goblin.E01.mkv&keepSource=copied', {
    method: 'PUT',
    body: new Uint8Array(await readFile(await makeClip(clip))),
  });
  const { transcodingJobId } = (await response.json()) as UploadAccepted;
  const followed = await daemon.fetch(`/jobs/${transcodingJobId}`, {
    headers: { prefer: 'wait=50' },
  });
  return (await followed.json()) as JobView;
}

async function videoOf(videoId: string): Promise<VideoView> {
  return (await (await daemon.fetch(`/videos/${videoId}`)).json()) as VideoView;
}

async function usage(): Promise<UsageView> {
  return (await (await daemon.fetch('/usage')).json()) as UsageView;
}

test('an episode that was copied whole plays on without its source', async () => {
  const { videoId, jobId } = await ready(episode);
  await expect.poll(async () => (await videoOf(videoId)).sourceKept).toBe(false);
  const source = await daemon.fetch(`/videos/${videoId}/source`);
  expect([source.status, await source.json()]).toEqual([
    410,
    expect.objectContaining({ error: expect.objectContaining({ code: 'SOURCE_NOT_KEPT' }) }),
  ]);
  const { streamingUrls } = await videoOf(videoId);
  // Nobody has asked yet: its I-frames are known since its segments were published.
  const master = await (await fetch(`${daemon.url}${streamingUrls.hls}`)).text();
  expect(master.match(/^#EXT-X-I-FRAME-STREAM-INF:/gm)).toHaveLength(2);
  const played = await playEpisode(`${daemon.url}${streamingUrls.hls}`, directory);
  expect(await countFrames(played.pictures.get(720)?.path ?? '')).toBe(480);
  const entry = (await usage()).videos.find((video) => video.videoId === videoId);
  expect(entry?.sourceBytes).toBe(0);
  expect(entry?.renditionBytes).toBeGreaterThan(100_000);
  const retried = await daemon.fetch(`/jobs/${jobId}/retry`, { method: 'POST' });
  expect(retried.status).toBe(409);
});

test('one with a text track keeps it: WebVTT is not all that the text was', async () => {
  const { videoId } = await ready(withText);
  expect(await videoOf(videoId)).toMatchObject({ status: 'completed', sourceKept: true });
  const { videos, total } = await usage();
  const sum = (of: 'sourceBytes' | 'renditionBytes') =>
    videos.reduce((all, video) => all + video[of], 0);
  expect(total).toEqual({
    videos: videos.length,
    sourceBytes: sum('sourceBytes'),
    renditionBytes: sum('renditionBytes'),
  });
  const sizes = videos.map((video) => video.sourceBytes + video.renditionBytes);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
});
