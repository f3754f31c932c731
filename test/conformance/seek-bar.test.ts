import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { homeLayout } from '../../src/daemon/layout.js';
import {
  jobResults,
  subtitleList,
  videoDetails,
  videoList,
  type UploadAccepted,
} from '../../src/shared/contract/index.js';
import { addChapters, type ClipChapter } from '../support/chaptered-clip.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { ffmpeg, shownShape } from '../support/worker-bench.js';

const chapters: readonly ClipChapter[] = [
  { start: 0, end: 4, title: 'Opening' },
  { start: 4, end: 10, title: '본편 <b>' },
  { start: 10, end: 13, title: 'Ending' },
];

let daemon: TestDaemon;
let directory: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-seek-bar-'));
  daemon = await startTestDaemon();
  const plain = join(directory, 'plain.mkv');
  await ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=10:d=13', '-f', 'lavfi', '-i', 'sine=d=13'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '60', '-c:a', 'aac', plain],
  );
  await addChapters(plain, join(directory, 'a.mkv'), chapters);
  await addChapters(plain, join(directory, 'a.mp4'), chapters);
  const late = chapters.map((each) => ({ ...each, start: each.start + 5, end: each.end + 5 }));
  const shifted = join(directory, 'shifted.mkv');
  await ffmpeg('-i', plain, '-c', 'copy', '-output_ts_offset', '5', shifted);
  await addChapters(shifted, join(directory, 'late.mkv'), late, ['-copyts']);
  for (const name of ['plain.mkv', 'a.mkv', 'a.mp4', 'late.mkv']) ids[name] = await add(name);
}, 120_000);
afterAll(async () => {
  await daemon.close();
  await rm(directory, { recursive: true, force: true });
});

/** Uploads a file and waits until all of it is made. */
async function add(name: string): Promise<string> {
  const body = await readFile(join(directory, name));
  const uploaded = await daemon.fetch(`/upload?filename=${name}`, { method: 'PUT', body });
  const { videoId, transcodingJobId } = (await uploaded.json()) as UploadAccepted;
  const job = await daemon.fetch(`/jobs/${transcodingJobId}`, { headers: { prefer: 'wait=60' } });
  expect(await job.json()).toMatchObject({ status: 'completed', error: null });
  return videoId;
}

const details = async (name: string) =>
  videoDetails.parse(await (await daemon.fetch(`/videos/${ids[name]}`)).json());

describe('chapters', () => {
  test.each(['a.mkv', 'a.mp4', 'late.mkv'])('of %s are told with the video', async (name) => {
    const found = (await details(name)).chapters;
    expect(found.map(({ title }) => title)).toEqual(chapters.map(({ title }) => title));
    for (const [index, { start, end }] of found.entries()) {
      expect(start).toBeCloseTo(chapters[index]?.start ?? -1, 1);
      expect(end).toBeCloseTo(chapters[index]?.end ?? -1, 1);
    }
  });

  test.each(['a.mkv', 'a.mp4'])('of %s are a WebVTT track', async (name) => {
    const response = await daemon.fetch(`/videos/${ids[name]}/chapters.vtt`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    expect(response.headers.get('etag')).toMatch(/^"[^"]+"$/);
    const lines = (await response.text()).split('\n').filter((line) => /^[^0-9]/.test(line));
    expect(lines).toEqual(['WEBVTT', 'Opening', '본편 &lt;b&gt;', 'Ending']);
  });

  test.each(['a.mkv', 'a.mp4'])('of %s are in the MP4 that is exported', async (name) => {
    const { availableQualities } = await details(name);
    const whole = await daemon.fetch(`/stream/${ids[name]}?quality=${availableQualities[0]}`);
    const file = join(directory, `exported-${name}.mp4`);
    await writeFile(file, Buffer.from(await whole.arrayBuffer()));
    const told = await promisify(execFile)('ffprobe', [
      ...['-v', 'error', '-show_chapters', '-of', 'json', file],
    ]);
    const found = JSON.parse(told.stdout) as {
      chapters: { start_time: string; tags: { title: string } }[];
    };
    expect(found.chapters.map(({ tags }) => tags.title)).toEqual(
      chapters.map(({ title }) => title),
    );
    for (const [index, { start_time }] of found.chapters.entries()) {
      expect(Number(start_time)).toBeCloseTo(chapters[index]?.start ?? -1, 1);
    }
  });

  test('that MP4 keeps as a track of text are no subtitles', async () => {
    const response = await daemon.fetch(`/videos/${ids['a.mp4']}/subtitles`);
    expect(subtitleList.parse(await response.json()).subtitles).toEqual([]);
  });

  test('where there are none: an empty list, and 404', async () => {
    expect((await details('plain.mkv')).chapters).toEqual([]);
    expect((await daemon.fetch(`/videos/${ids['plain.mkv']}/chapters.vtt`)).status).toBe(404);
  });
});

describe('a storyboard', () => {
  test('is named by the video, in lists too, and by the results of its job', async () => {
    const path = `/api/v1/videos/${ids['a.mkv']}/storyboard.vtt`;
    const video = await details('a.mkv');
    expect(video.storyboard).toBe(path);
    const { videos } = videoList.parse(await (await daemon.fetch('/videos')).json());
    expect(videos.find(({ id }) => id === video.id)?.storyboard).toBe(path);
    const results = await daemon.fetch(`/jobs/${video.jobId}/results`);
    expect(jobResults.parse(await results.json()).files.storyboard).toBe(path);
  });

  test('names parts of sheets for all of the video, relative to itself', async () => {
    const response = await daemon.fetch(`/videos/${ids['a.mkv']}/storyboard.vtt`);
    expect(response.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    const etag = response.headers.get('etag') ?? '';
    const [header, ...cues] = (await response.text()).trim().split('\n\n');
    expect(header).toBe('WEBVTT');
    expect(cues[0]).toMatch(/^00:00:00\.000 --> 00:00:0\d\.\d{3}\n/);
    expect(cues.at(-1)).toMatch(/ --> 00:00:13\.\d{3}\n.*#xywh=\d+,0,256,144$/);
    const again = { headers: { 'if-none-match': etag } };
    expect((await daemon.fetch(`/videos/${ids['a.mkv']}/storyboard.vtt`, again)).status).toBe(304);

    const uri = /^storyboard\/.*(?=#)/m.exec(cues[0] ?? '')?.[0] ?? '';
    const sheet = await daemon.fetch(`/videos/${ids['a.mkv']}/${uri}`);
    expect(Object.fromEntries(sheet.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    const file = join(directory, 'sheet.jpg');
    await writeFile(file, Buffer.from(await sheet.arrayBuffer()));
    expect(await shownShape(file)).toEqual([256 * cues.length, 144]);
  });

  test.each(['0000000000000000/0.jpg', '%2e%2e/0.jpg', ':version/9.jpg', ':version/0.jpg%00'])(
    'has no sheet %s',
    async (path) => {
      const track = await (await daemon.fetch(`/videos/${ids['a.mkv']}/storyboard.vtt`)).text();
      const version = /storyboard\/([^/]+)\//.exec(track)?.[1] ?? '';
      const at = `/videos/${ids['a.mkv']}/storyboard/${path.replace(':version', version)}`;
      expect((await daemon.fetch(at)).status).toBe(404);
    },
  );

  test('goes with its video', async () => {
    const id = ids['plain.mkv'] ?? '';
    const { video } = homeLayout(daemon.home);
    expect(existsSync(video(id))).toBe(true);
    expect((await daemon.fetch(`/videos/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await daemon.fetch(`/videos/${id}/storyboard.vtt`)).status).toBe(404);
    expect(existsSync(video(id))).toBe(false);
  });
});
