import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { frames, plannedEpisode, rows, seconds, type PlannedEpisode } from './episode.js';

const run = promisify(execFile);
let episode: PlannedEpisode;
let server: Server;
let url: string;
let whole: Buffer;

beforeAll(async () => {
  episode = plannedEpisode();
  await episode.publishPicture();
  await episode.publishSound();
  server = serve({ fetch: episode.app.fetch, hostname: '127.0.0.1', port: 0 }) as Server;
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/stream/video1?quality=360p`;
  whole = Buffer.from(await (await fetch(url)).arrayBuffer());
});

afterAll(async () => {
  server.close();
  await episode.close();
});

async function probe(...options: string[]): Promise<string> {
  const { stdout } = await run('ffprobe', ['-v', 'error', ...options, '-of', 'json', url]);
  return stdout;
}

describe('a complete quality', () => {
  test('is an MP4 with every frame of the picture, and sound to the end', async () => {
    const fields = 'stream=codec_name,nb_read_frames,duration,start_time:format=duration';
    const { streams, format } = JSON.parse(await probe('-count_frames', '-show_entries', fields));
    expect(streams.map((stream: { codec_name: string }) => stream.codec_name)).toEqual([
      'h264',
      'aac',
    ]);
    expect(Number(streams[0].nb_read_frames)).toBe(frames);
    expect(Number(streams[0].start_time)).toBe(0);
    expect(Number(format.duration)).toBeCloseTo(seconds, 1);
    const sound = Number(streams[1].nb_read_frames) * (1024 / 48_000);
    expect(Math.abs(sound - seconds)).toBeLessThan(0.045);
  });

  test('says of its sound the language and the name, and that it plays', async () => {
    const fields = 'stream=codec_type:stream_disposition=default:stream_tags';
    const { streams } = JSON.parse(await probe('-show_entries', fields));
    expect(streams[1]).toMatchObject({
      codec_type: 'audio',
      disposition: { default: 1 },
      tags: { language: 'kor', handler_name: 'Korean' },
    });
  });

  test('has no sound where none is wanted, and all of them by name or language', async () => {
    const typesOf = async (audio: string) => {
      const show = ['-v', 'error', '-show_entries', 'stream=codec_type', '-of', 'csv=p=0'];
      const { stdout } = await run('ffprobe', [...show, `${url}&audio=${audio}`]);
      return stdout.trim().split('\n');
    };
    expect(await typesOf('none')).toEqual(['video']);
    for (const audio of ['all', 'ko', 'audio-0']) {
      expect(await typesOf(audio)).toEqual(['video', 'audio']);
    }
    const response = await fetch(`${url}&audio=fr`);
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { error: { code: 'NOT_FOUND', details: { availableAudio: ['ko'] } } },
    ]);
  });

  test('decodes without one complaint', async () => {
    const file = join(episode.layout.home, 'whole.mp4');
    await writeFile(file, whole);
    for (const input of [url, file]) {
      const { stderr } = await run('ffmpeg', ['-v', 'warning', '-i', input, '-f', 'null', '-']);
      expect(stderr).toBe('');
    }
  });

  test.each([0, 3.4, 7, 11.5])('lets ffmpeg seek to %f s, to picture and sound', async (at) => {
    for (const type of ['v', 'a']) {
      const output = await probe(
        ...['-select_streams', type, '-read_intervals', `${at}%+#1`],
        ...['-show_entries', 'packet=pts_time'],
      );
      const [first] = (JSON.parse(output) as { packets: { pts_time: string }[] }).packets;
      expect(Number(first?.pts_time)).toBeGreaterThan(at - 2.05);
      expect(Number(first?.pts_time)).toBeLessThan(at + 0.05);
    }
  });

  test('is what its headers say', async () => {
    const response = await fetch(url, { method: 'HEAD' });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': String(whole.length),
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=3600',
      etag: expect.stringMatching(/^"[^"]+"$/) as string,
      vary: expect.stringContaining('Authorization, Cookie') as string,
    });
  });

  test('has the same bytes in any cut', async () => {
    const cuts = [0, 1, 700, 900, 5_000, 100_000, whole.length - 7, whole.length];
    const parts = cuts.slice(1).map(async (end, index) => {
      const range = `bytes=${cuts[index]}-${end - 1}`;
      const response = await fetch(url, { headers: { range } });
      expect(response.status).toBe(206);
      return Buffer.from(await response.arrayBuffer());
    });
    const joined = Buffer.concat(await Promise.all(parts));
    const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(digest(joined)).toBe(digest(whole));
  });

  test('is the best one to a client that names none, and may become another', async () => {
    const response = await fetch(url.replace(/\?.*/, ''));
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    expect(Buffer.from(await response.arrayBuffer()).equals(whole)).toBe(true);
  });
});

test('a quality that is not complete is not there yet', async () => {
  const response = await episode.get('/stream/video1?quality=720p');
  expect(response.status).toBe(404);
  expect(response.headers.get('retry-after')).toBe('5');
  expect(await response.json()).toMatchObject({ error: { code: 'STREAM_NOT_READY' } });
});

test('a quality outside the ladder is told which ones there are', async () => {
  const response = await episode.get('/stream/video1?quality=480p');
  expect(response.status).toBe(404);
  expect(response.headers.get('retry-after')).toBeNull();
  expect(await response.json()).toMatchObject({
    error: { code: 'NOT_FOUND', details: { availableQualities: ['720p', '360p'] } },
  });
});

test('a video whose default sound is missing is not complete', async () => {
  const other = plannedEpisode();
  await other.publishPicture();
  expect((await other.get('/stream/video1?quality=360p')).status).toBe(404);
  await other.close();
});

test('a segment that is damaged on the disk ends the answer instead of being sent', async () => {
  const other = plannedEpisode();
  await other.publishPicture();
  await other.publishSound();
  await (await other.get('/stream/video1?quality=360p')).arrayBuffer();
  await writeFile(join(other.directory(rows.video), '3.m4s'), 'short');
  const response = await other.get('/stream/video1?quality=360p');
  await expect(response.arrayBuffer()).rejects.toThrow('3.m4s has 5 bytes');
  await other.close();
});
