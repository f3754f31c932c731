import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as HLS from 'hls-parser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { segmentFileName } from '../../../src/daemon/layout.js';
import { firstSampleRange } from '../../../src/daemon/media/fmp4/first-sample.js';
import { decodedPictures } from '../../support/hls-rules/i-frames-decode.js';
import { plannedEpisode, rows, type PlannedEpisode } from './episode.js';

HLS.setOptions({ strictMode: true });
const hls = '/stream/video1/hls';
const playlist = `${hls}/plan1/360p/v1/i-frames.m3u8`;
let episode: PlannedEpisode;
beforeEach(() => {
  episode = plannedEpisode();
});
afterEach(() => episode.close());

const text = async (path: string) => (await episode.get(path)).text();
const code = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;

test('I-frames are offered as soon as it is known where they are, which somebody else waits for', async () => {
  expect(await text(`${hls}/master.m3u8`)).not.toContain('I-FRAME');
  await episode.publishPicture();
  expect(await text(`${hls}/master.m3u8`)).not.toContain('I-FRAME');
  await expect.poll(() => text(`${hls}/master.m3u8`)).toContain('plan1/360p/v1/i-frames.m3u8');
  for (const { number, iFrameBytes } of episode.store.segments.ofRendition(rows.video.id)) {
    const bytes = await readFile(join(episode.directory(rows.video), segmentFileName(number)));
    expect(iFrameBytes).toBe(firstSampleRange(bytes).end);
  }
});

test('each of them is a picture, in the range that its playlist says', async () => {
  await episode.publishPicture();
  const response = await episode.get(playlist);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/vnd.apple.mpegurl',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  const { segments } = HLS.parse(await response.text()) as HLS.types.MediaPlaylist;
  expect(segments).toHaveLength(6);
  const bytesOf = async (file: string, range?: string) => {
    const sent = await episode.get(
      `${hls}/plan1/360p/v1/${file}`,
      range ? { headers: { range } } : {},
    );
    expect(sent.status).toBe(range === undefined ? 200 : 206);
    return Buffer.from(await sent.arrayBuffer());
  };
  const init = await bytesOf('init.mp4');
  for (const { uri, byterange } of segments) {
    const part = await bytesOf(uri, `bytes=0-${byterange.length - 1}`);
    const pictures = await decodedPictures(Buffer.concat([init, part]), episode.layout.home);
    expect(pictures).toEqual(['I']);
    const cut = Buffer.concat([init, part.subarray(0, part.length / 2)]);
    expect(await decodedPictures(cut, episode.layout.home)).not.toEqual(['I']);
  }
});

test('there are none before the last segment is there, and none of sound', async () => {
  const early = await episode.get(playlist);
  expect([early.status, await code(early)]).toEqual([404, 'STREAM_NOT_READY']);
  expect(early.headers.get('retry-after')).toBe('5');
  await episode.publishSound();
  const sound = await episode.get(`${hls}/plan1/audio-0/v1/i-frames.m3u8`);
  expect([sound.status, await code(sound)]).toEqual([404, 'NOT_FOUND']);
});

test('segments that are none take the I-frames away, and nothing else', async () => {
  const junk = Buffer.alloc(40);
  await episode.publish(rows.video, -1, junk, 'init.mp4');
  for (let n = 0; n < 6; n += 1) await episode.publish(rows.video, n, junk, `${n}.m4s`);
  expect(await text(`${hls}/master.m3u8`)).toContain('plan1/360p');
  expect((await episode.get(playlist)).status).toBe(500);
  expect(await text(`${hls}/master.m3u8`)).not.toContain('I-FRAME');
});
