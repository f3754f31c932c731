import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as HLS from 'hls-parser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { initFileName, subtitleFileName } from '../../../src/daemon/layout.js';
import { signStreamKey } from '../../../src/daemon/streaming/stream-key.js';
import { plannedEpisode, rows, type PlannedEpisode } from './episode.js';

HLS.setOptions({ strictMode: true });
const hls = '/stream/video1/hls';
const bytes = Buffer.from('whole segment');
let episode: PlannedEpisode;

beforeEach(() => {
  episode = plannedEpisode();
});
afterEach(() => episode.close());

const code = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;

describe('playlists', () => {
  test('are complete and valid before one segment exists', async () => {
    const response = await episode.get(`${hls}/master.m3u8`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const text = await response.text();
    expect(HLS.parse(text).isMasterPlaylist).toBe(true);
    const uris = [...text.matchAll(/URI="([^"]+)"|^([^#\n]+)$/gm)].map((m) => m[1] ?? m[2] ?? '');
    expect(uris).toHaveLength(4);
    for (const uri of uris) {
      const media = await episode.get(`${hls}/${uri}`);
      expect(media.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const parsed = HLS.parse(await media.text()) as HLS.types.MediaPlaylist;
      expect(parsed.segments).toHaveLength(6);
      expect(parsed.endlist).toBe(true);
    }
  });

  test('of a client that has them are not sent again, and change when bytes were measured', async () => {
    const first = await episode.get(`${hls}/master.m3u8`);
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await episode.get(`${hls}/master.m3u8`, { headers })).status).toBe(304);
    await episode.publishPicture();
    expect((await episode.get(`${hls}/master.m3u8`, { headers })).status).toBe(200);
  });

  test('of an unknown video are 404, of one that is not planned yet too, with a time to ask again', async () => {
    const unknown = await episode.get('/stream/absent/hls/master.m3u8');
    expect([unknown.status, await code(unknown)]).toEqual([404, 'STREAM_VIDEO_NOT_FOUND']);
    episode.store.videos.insert({
      ...episode.store.videos.find('video1')!,
      ...{ id: 'video2', sha256: 'other' },
    });
    const early = await episode.get('/stream/video2/hls/master.m3u8');
    expect([early.status, await code(early)]).toEqual([404, 'STREAM_NOT_READY']);
    expect(early.headers.get('retry-after')).toBe('1');
    episode.job.status = 'cancelled';
    expect((await episode.get('/stream/video2/hls/master.m3u8')).status).toBe(409);
  });
});

describe('a segment', () => {
  const path = `${hls}/plan1/360p/v1/2.m4s`;

  test('that is there is sent at once, may be cached for good and asked for in parts', async () => {
    await episode.publish(rows.video, 2, bytes, '2.m4s');
    const response = await episode.get(path, { headers: { range: 'bytes=6-12' } });
    expect([response.status, await response.text()]).toEqual([206, 'segment']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'cache-control': 'public, max-age=31536000, immutable',
      etag: '"r-360p.2.13"',
    });
    expect(episode.demands).toEqual([]);
  });

  test('in demand comes from memory: its file is not read again', async () => {
    await episode.publish(rows.video, 2, bytes, '2.m4s');
    await episode.get(path);
    await rm(join(episode.directory(rows.video), '2.m4s'));
    const part = await episode.get(path, { headers: { range: 'bytes=6-12' } });
    expect([part.status, await part.text()]).toEqual([206, 'segment']);
    const headers = { 'if-none-match': part.headers.get('etag') ?? '' };
    expect((await episode.get(path, { headers })).status).toBe(304);
    expect(await (await episode.get(path)).text()).toBe('whole segment');
  });

  test('in memory is not sent once it has no row any more', async () => {
    await episode.publish(rows.video, 2, bytes, '2.m4s');
    expect((await episode.get(path)).status).toBe(200);
    episode.store.videos.remove('video1');
    expect((await episode.get(path)).status).toBe(404);
    expect(episode.streaming.memory.bytes).toBeGreaterThan(0);
    episode.bus.emit('video', { videoId: 'video1' });
    await expect.poll(() => episode.streaming.memory.bytes).toBe(0);
  });

  test('that is missing is demanded and sent as soon as it is published', async () => {
    const held = episode.get(path);
    await expect.poll(() => episode.demands).toContainEqual({ renditionId: 'r-360p', number: 2 });
    await episode.publish(rows.video, 1, bytes, '1.m4s');
    await episode.publish(rows.audio, 2, bytes, '2.m4s');
    await episode.publish(rows.video, 2, bytes, '2.m4s');
    expect(await (await held).text()).toBe('whole segment');
    expect(episode.bus.listenerCount('segment')).toBe(0);
  });

  test('of a picture is demanded with the sound of the same place, unless that is there', async () => {
    const [picture, sound] = [rows.video, rows.audio].map(({ id }) => ({
      renditionId: id,
      number: 2,
    }));
    await episode.get(path);
    expect(episode.demands).toEqual([picture, sound]);
    await episode.publish(rows.audio, 2, bytes, '2.m4s');
    await episode.get(path);
    expect(episode.demands).toEqual([picture, sound, picture]);
  });

  test('of a sound is demanded alone', async () => {
    await episode.get(path.replace(rows.video.name, rows.audio.name));
    expect(episode.demands).toEqual([{ renditionId: rows.audio.id, number: 2 }]);
  });

  test('that is published in the very moment it is asked for is not missed', async () => {
    episode.whenDemanded(({ renditionId, number }) => {
      episode.store.segments.insert(renditionId, {
        number,
        sizeBytes: bytes.length,
        iFrameBytes: null,
      });
      episode.bus.emit('segment', { renditionId, number });
    });
    const wanted = { videoId: 'video1', renditionId: 'r-360p', number: 2 };
    const held = episode.streaming.waitForSegment(wanted, new AbortController().signal);
    expect(await held).toBe(bytes.length);
  });

  test('that does not come in time is 503 with a time to ask again', async () => {
    const started = performance.now();
    const response = await episode.get(path);
    expect(performance.now() - started).toBeGreaterThanOrEqual(295);
    expect([response.status, await code(response)]).toEqual([503, 'STREAM_SEGMENT_PENDING']);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(episode.bus.listenerCount('job')).toBe(0);
  });

  test('of a job that fails or is cancelled while someone waits is given up at once', async () => {
    const patient = plannedEpisode(60_000);
    for (const [status, answer] of [
      ['failed', [404, 'STREAM_NOT_READY']],
      ['cancelled', [409, 'JOB_CANCELLED']],
    ] as const) {
      patient.job.status = 'processing';
      const held = patient.get(path);
      await expect.poll(() => patient.bus.listenerCount('job')).toBe(1);
      patient.job.status = status;
      patient.bus.emit('job', { jobId: 'job1' });
      const response = await held;
      expect([response.status, await code(response)]).toEqual(answer);
      expect(response.headers.get('retry-after')).toBeNull();
    }
    await patient.close();
  });

  test('of a rendition that is dropped while someone waits is not there any more', async () => {
    const patient = plannedEpisode(60_000);
    const held = patient.get(path);
    await expect.poll(() => patient.bus.listenerCount('job')).toBe(1);
    patient.store.renditions.remove('r-360p');
    patient.bus.emit('job', { jobId: 'of another video' });
    patient.bus.emit('job', { jobId: 'job1' });
    const response = await held;
    expect([response.status, await code(response)]).toEqual([404, 'NOT_FOUND']);
    await patient.close();
  });

  test('is not waited for any more when its client has gone away', async () => {
    const patient = plannedEpisode(60_000);
    const client = new AbortController();
    const held = patient.get(path, { signal: client.signal });
    await expect.poll(() => patient.bus.listenerCount('segment')).toBe(1);
    client.abort();
    await held;
    expect(patient.bus.listenerCount('segment')).toBe(0);
    await patient.close();
  });

  test('and its init segment are of the kind that their rendition is', async () => {
    await episode.publish(rows.audio, -1, bytes, initFileName);
    const response = await episode.get(`${hls}/plan1/audio-0/v1/init.mp4`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'audio/mp4']);
  });

  test.each([
    'plan1/360p/v1/6.m4s',
    'plan1/360p/v1/02.m4s',
    'plan1/360p/v1/-1.m4s',
    'plan1/360p/v1/0.vtt',
    'plan1/360p/v1/cues.vtt',
    'plan1/360p/v2/0.m4s',
    'plan1/480p/v1/0.m4s',
    'plan2/360p/v1/0.m4s',
    'plan1/subtitle-0/v1/init.mp4',
    'plan1/subtitle-0/v1/0.m4s',
    'plan1/360p/v1/..%2f..%2fposter.jpg',
    '..%2f..%2f/360p/v1/0.m4s',
    'plan1/%00/v1/0.m4s',
  ])('%s is 404 and nobody waits for it', async (file) => {
    const response = await episode.get(`${hls}/${file}`);
    expect(response.status).toBe(404);
    expect(episode.demands).toEqual([]);
  });
});

describe('subtitles', () => {
  const vtt = 'WEBVTT\n\n00:01.000 --> 00:03.000\n안녕\n\n00:09.000 --> 00:10.000\n끝\n';

  test('are cut along the plan out of their one file', async () => {
    const held = episode.get(`${hls}/plan1/subtitle-0/v1/1.vtt`);
    await expect.poll(() => episode.demands).toEqual([{ renditionId: 'r-subtitle-0', number: 0 }]);
    await episode.publish(rows.text, 0, Buffer.from(vtt), subtitleFileName);
    const response = await held;
    expect(response.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    const text = await response.text();
    expect(text).toContain('안녕');
    expect(text).not.toContain('끝');
    const last = await episode.get(`${hls}/plan1/subtitle-0/v1/4.vtt`);
    expect(await last.text()).toContain('끝');
    expect((await episode.get(`${hls}/plan1/subtitle-0/v1/6.vtt`)).status).toBe(404);
  });
});

describe('a key in the path', () => {
  const now = Date.UTC(2026, 10, 23);
  const secret = Buffer.alloc(32, 7);
  const withKey = (key: string, video = 'video1') => `/stream/${video}/key/${key}/hls/master.m3u8`;

  test('opens the same bytes, to pages of other origins, too', async () => {
    const signed = await episode.get(episode.streaming.signedPaths('video1').hls);
    expect(signed.status).toBe(200);
    expect(signed.headers.get('access-control-allow-origin')).toBe('*');
    const plain = await episode.get(`${hls}/master.m3u8`);
    expect(plain.headers.get('access-control-allow-origin')).toBeNull();
    expect(await signed.text()).toBe(await plain.text());
  });

  test('lets a cast receiver ask before it asks for a part', async () => {
    const path = withKey(signStreamKey(secret, 'video1', now));
    const response = await episode.get(path, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toContain('Range');
  });

  test('of one video does not open another', async () => {
    const response = await episode.get(withKey(signStreamKey(secret, 'video2', now)));
    expect([response.status, await code(response)]).toEqual([403, 'STREAM_ACCESS_DENIED']);
  });

  test('of one video does not open the files of another below it', async () => {
    await episode.publish(rows.video, 0, bytes, '0.m4s');
    episode.store.videos.insert({
      ...episode.store.videos.find('video1')!,
      ...{ id: 'video2', sha256: 'other' },
    });
    const key = signStreamKey(secret, 'video2', now);
    for (const file of ['playlist.m3u8', '0.m4s']) {
      const response = await episode.get(`/stream/video2/key/${key}/hls/plan1/360p/v1/${file}`);
      expect([response.status, await code(response)]).toEqual([404, 'NOT_FOUND']);
    }
  });

  test('that has expired or is no key opens nothing', async () => {
    for (const key of [signStreamKey(secret, 'video1', now - 14 * 3_600_000), 'nonsense']) {
      const response = await episode.get(withKey(key));
      expect([response.status, await code(response)]).toEqual([401, 'AUTH_INVALID_TOKEN']);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
    }
  });
});
