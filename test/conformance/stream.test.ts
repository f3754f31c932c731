import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import * as HLS from 'hls-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobView, VideoView } from '../../src/shared/contract/index.js';
import { makeClip, episodeClip, type Clip } from '../support/clips.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { brokenRules } from '../support/hls-rules/all-rules.js';
import { fetchEpisode } from '../support/hls-rules/fetch-episode.js';

HLS.setOptions({ strictMode: true });

const clip: Clip = { ...episodeClip, seconds: 14, size: '1280x720' };
const frames = clip.seconds * clip.framesPerSecond;
let daemon: TestDaemon;
let id: string;

beforeAll(async () => {
  daemon = await startTestDaemon();
  const body = await readFile(await makeClip(clip));
  const uploaded = await daemon.fetch('/upload?filename=rain.mkv', { method: 'PUT', body });
  const accepted = (await uploaded.json()) as { videoId: string; transcodingJobId: string };
  id = accepted.videoId;
  await ended(accepted.transcodingJobId);
}, 120_000);

afterAll(() => daemon.close());

/** Waits, as clients do, for the answer to change until it is final. */
async function ended(jobId: string): Promise<void> {
  const response = await daemon.fetch(`/jobs/${jobId}`, { headers: { prefer: 'wait=60' } });
  const job = (await response.json()) as JobView;
  expect(job.error).toBeNull();
  expect(job.status).toBe('completed');
}

async function video(): Promise<VideoView> {
  return (await (await daemon.fetch(`/videos/${id}`)).json()) as VideoView;
}

describe('GET /stream/:videoId?quality=', () => {
  test('200 whole and 206 in part, as video/mp4 with length, tag and caching for a named quality', async () => {
    for (const quality of (await video()).availableQualities) {
      const whole = await daemon.fetch(`/stream/${id}?quality=${quality}`);
      const bytes = Buffer.from(await whole.arrayBuffer());
      expect(whole.status).toBe(200);
      expect(Object.fromEntries(whole.headers)).toMatchObject({
        'content-type': 'video/mp4',
        'content-length': String(bytes.length),
        'accept-ranges': 'bytes',
        'cache-control': 'public, max-age=3600',
        etag: expect.stringMatching(/^"[^"]+"$/) as string,
      });
      expect(whole.headers.get('vary')).toMatch(/Authorization, Cookie/);
      const range = `bytes=${bytes.length - 100}-`;
      const part = await daemon.fetch(`/stream/${id}?quality=${quality}`, { headers: { range } });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-type')).toBe('video/mp4');
      expect(part.headers.get('content-range')).toBe(
        `bytes ${bytes.length - 100}-${bytes.length - 1}/${bytes.length}`,
      );
      expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(-100))).toBe(true);
    }
  });

  test('If-Range: the part for the same tag, the whole for another', async () => {
    const path = `/stream/${id}?quality=720p`;
    const etag = (await daemon.fetch(path, { method: 'HEAD' })).headers.get('etag') ?? '';
    const range = 'bytes=0-9';
    const same = await daemon.fetch(path, { headers: { range, 'if-range': etag } });
    expect([same.status, (await same.arrayBuffer()).byteLength]).toEqual([206, 10]);
    const other = await daemon.fetch(path, { headers: { range, 'if-range': '"other"' } });
    expect(other.status).toBe(200);
    await other.body?.cancel();
  });

  test('a range outside is 416 and tells the size', async () => {
    const range = 'bytes=999999999999-';
    const response = await daemon.fetch(`/stream/${id}?quality=720p`, { headers: { range } });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toMatch(/^bytes \*\/\d+$/);
  });

  test('without quality the best that is there, private, no-cache', async () => {
    const response = await daemon.fetch(`/stream/${id}`, { method: 'HEAD' });
    const best = await daemon.fetch(`/stream/${id}?quality=720p`, { method: 'HEAD' });
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    expect(response.headers.get('etag')).toBe(best.headers.get('etag'));
  });

  test('a quality outside the ladder is 404 and lists availableQualities', async () => {
    const response = await daemon.fetch(`/stream/${id}?quality=1080p`);
    expect(response.status).toBe(404);
    const { availableQualities } = await video();
    expect(await response.json()).toMatchObject({ error: { details: { availableQualities } } });
  });

  test('an unknown video is 404 Video not found', async () => {
    const response = await daemon.fetch('/stream/nothing?quality=720p');
    expect(response.status).toBe(404);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe('STREAM_VIDEO_NOT_FOUND');
    expect(error.message).toMatch(/^Video not found/);
  });
});

describe('streamingUrls.mp4', () => {
  test('is one file that opens without signing in, of any quality, in ranges', async () => {
    const { streamingUrls } = await video();
    const file = new URL(streamingUrls.mp4 ?? '', daemon.url);
    const best = await fetch(file, { headers: { range: 'bytes=4-7' } });
    expect(best.status).toBe(206);
    expect(await best.text()).toBe('ftyp');
    expect(best.headers.get('access-control-allow-origin')).toBe('*');
    file.searchParams.set('quality', '360p');
    const small = await fetch(file);
    const plain = await daemon.fetch(`/stream/${id}?quality=360p`);
    expect(small.headers.get('etag')).toBe(plain.headers.get('etag'));
    expect(Buffer.from(await small.arrayBuffer())).toEqual(Buffer.from(await plain.arrayBuffer()));
  });

  test('used for another video is 403, with a forged key 401', async () => {
    const { streamingUrls } = await video();
    const path = streamingUrls.mp4 ?? '';
    const other = await fetch(new URL(path.replace(`/${id}/`, '/another/'), daemon.url));
    expect(other.status).toBe(403);
    const forged = await fetch(new URL(path.replace(/key\/[^/]+/, 'key/forged'), daemon.url));
    expect(forged.status).toBe(401);
  });
});

describe('streamingUrls.hls', () => {
  test('with a quality names that picture alone, with all sounds', async () => {
    const { streamingUrls } = await video();
    const master = new URL(streamingUrls.hls ?? '', daemon.url);
    const all = await (await fetch(master)).text();
    master.searchParams.set('quality', '360p');
    const one = await (await fetch(master)).text();
    const pictures = (text: string) => text.match(/^[^#\n]*(?<=\/)\d+p(?=\/)/gm)?.length;
    expect([pictures(all), pictures(one)]).toEqual([2, 1]);
    expect(one).toContain('/360p/');
    expect(one.match(/TYPE=AUDIO/g)).toEqual(all.match(/TYPE=AUDIO/g));
    master.searchParams.set('quality', '480p');
    const none = await fetch(master);
    const { availableQualities } = await video();
    expect(none.status).toBe(404);
    expect(await none.json()).toMatchObject({ error: { details: { availableQualities } } });
  });

  test('opens without signing in, and everything it names', async () => {
    const { streamingUrls } = await video();
    const master = new URL(streamingUrls.hls ?? '', daemon.url);
    const { stdout } = await promisify(execFile)('ffprobe', [
      ...['-v', 'error', '-count_frames', '-select_streams', 'v', '-of', 'json'],
      ...['-show_entries', 'stream=width,height,nb_read_frames', master.href],
    ]);
    const { streams } = JSON.parse(stdout) as {
      streams: { height: number; nb_read_frames: string }[];
    };
    expect(streams.map(({ height }) => height).toSorted((a, b) => b - a)).toEqual([720, 360]);
    expect(streams.map((stream) => Number(stream.nb_read_frames))).toEqual([frames, frames]);
  });

  test('names playlists and segments that keep every rule of HLS, and never change', async () => {
    const { streamingUrls } = await video();
    const master = new URL(streamingUrls.hls ?? '', daemon.url);
    const episode = await fetchEpisode(master.href);
    expect(brokenRules(episode)).toEqual({});
    const kinds = episode.playlists.map(({ kind }) => kind);
    const twoOfEach = ['picture', 'sound', 'text', 'i-frames'].flatMap((kind) => [kind, kind]);
    expect(kinds).toEqual(twoOfEach);
    for (const { uri, text, segments } of episode.playlists) {
      HLS.parse(text);
      const playlist = new URL(uri, master);
      for (const address of [playlist, new URL(segments[0]?.uri ?? '', playlist)]) {
        const response = await fetch(address, { method: 'HEAD' });
        expect(response.headers.get('cache-control')).toContain('immutable');
      }
    }
  });

  test('used for another video is 403 STREAM_ACCESS_DENIED', async () => {
    const { streamingUrls } = await video();
    const other = streamingUrls.hls?.replace(`/stream/${id}/`, '/stream/another/') ?? '';
    const response = await fetch(new URL(other, daemon.url));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'STREAM_ACCESS_DENIED' } });
  });

  test('is open to the page of a cast receiver, which may ask for parts', async () => {
    const { streamingUrls } = await video();
    const master = new URL(streamingUrls.hls ?? '', daemon.url);
    const headers = { origin: 'https://receiver.example', 'access-control-request-method': 'GET' };
    const preflight = await fetch(master, { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Range');
    const answer = await fetch(master, { headers: { origin: headers.origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const own = await daemon.fetch(`/stream/${id}/hls/master.m3u8`);
    expect(own.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('without its key needs a credential', async () => {
    const response = await fetch(`${daemon.url}/api/v1/stream/${id}/hls/master.m3u8`);
    expect(response.status).toBe(401);
  });
});
