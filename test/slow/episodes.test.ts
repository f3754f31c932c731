import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobView, VideoView } from '../../src/shared/contract/index.js';
import { cliHome, type CliHome } from '../support/cli.js';
import { countFrames, playEpisode, type PlayedEpisode } from '../support/finished-episode.js';
import { shownTimes, soundSpan } from '../support/worker-bench.js';

const media = join(process.env['KDRAMA_TEST_MEDIA'] ?? '', 'episode');

function find(pattern: RegExp): string | undefined {
  const names = process.env['KDRAMA_TEST_MEDIA'] && existsSync(media) ? readdirSync(media) : [];
  const name = names.find((each) => pattern.test(each));
  return name && join(media, name);
}

interface Finished {
  readonly job: JobView;
  readonly played: PlayedEpisode;
}

async function uploadAndPlay(cli: CliHome, file: string, directory: string): Promise<Finished> {
  const { exit, out, err } = await cli.kdrama('upload', '--json', '--wait=ready', file);
  expect(exit, err).toBe(0);
  const { videoId } = JSON.parse(out) as { videoId: string };
  const status = await cli.kdrama('status', videoId, '--json');
  const { url } = JSON.parse((await cli.kdrama('start', '--json')).out) as { url: string };
  const token = (await cli.kdrama('token', 'show')).out.trim();
  const response = await fetch(`${url}/api/v1/videos/${videoId}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const video = (await response.json()) as VideoView;
  const played = await playEpisode(`${url}${video.streamingUrls.hls}`, directory);
  return { job: JSON.parse(status.out) as JobView, played };
}

const methods = ({ job }: Finished) =>
  Object.fromEntries(job.renditions.map(({ name, method }) => [name, method]));

/** Times of the picture less times of the sound, at the start and at the end, in milliseconds. */
async function offsets(picture: string, sound: string, stream?: string): Promise<[number, number]> {
  const times = await shownTimes(picture);
  const [start, end] = await soundSpan(sound, stream);
  return [((times[0] ?? 0) - start) * 1000, ((times.at(-1) ?? 0) - end) * 1000];
}

let cli: CliHome;
let directory: string;
beforeAll(async () => {
  cli = await cliHome();
  directory = await mkdtemp(join(tmpdir(), 'kdrama-played-'));
});
afterAll(async () => {
  await cli.remove();
  await rm(directory, { recursive: true, force: true });
});

const rain = find(/^Rain\..*\.mkv$/);
describe.skipIf(rain === undefined)('the Rain episode (KDRAMA_TEST_MEDIA)', () => {
  let finished: Finished;
  beforeAll(async () => {
    finished = await uploadAndPlay(cli, rain ?? '', directory);
  }, 600_000);

  it('has its picture copied, two rungs encoded, and all its tracks', () => {
    expect(methods(finished)).toEqual({
      ...{ '1080p': 'copied', '720p': 'encoded', '360p': 'encoded' },
      ...{ 'audio-0': 'copied', 'audio-1': 'copied' },
      ...{ 'subtitle-0': 'encoded', 'subtitle-1': 'encoded' },
    });
    expect([...finished.played.sounds.keys()]).toEqual(['ko', 'en']);
    expect([...finished.played.subtitles.keys()]).toEqual(['ko', 'en']);
    for (const text of finished.played.subtitles.values()) expect(text).toContain(' --> ');
  });

  it('decodes to the 1446 frames of the source in each rendition, at the same times', async () => {
    const times = await shownTimes(rain ?? '');
    expect(times).toHaveLength(1446);
    for (const { uri, path } of finished.played.pictures.values()) {
      expect(await countFrames(uri)).toBe(1446);
      const off = (await shownTimes(path)).map((time, index) =>
        Math.abs(time - (times[index] ?? 0)),
      );
      expect(Math.max(...off)).toBeLessThan(0.001);
    }
  });

  it('has the same boundaries in all picture renditions, none longer than 7 s', () => {
    const [first, ...others] = [...finished.played.pictures.values()].map((each) => each.durations);
    for (const durations of others) expect(durations).toEqual(first);
    expect(Math.max(...(first ?? []))).toBeLessThanOrEqual(7);
  });

  it('keeps sound with picture within 45 ms of the source, at both ends', async () => {
    const tracks = [...finished.played.sounds.values()];
    for (const [index, { path }] of tracks.entries()) {
      const source = await offsets(rain ?? '', rain ?? '', `a:${index}`);
      for (const picture of finished.played.pictures.values()) {
        const made = await offsets(picture.path, path);
        expect(Math.abs(made[0] - source[0])).toBeLessThan(45);
        // A track that ends before the picture is followed by silence up to its end.
        if (source[1] < 45) expect(Math.abs(made[1] - source[1])).toBeLessThan(45);
        else expect(Math.abs(made[1])).toBeLessThan(45);
      }
    }
  });
});

const hevc = find(/E02.*\.mp4$/);
describe.skipIf(hevc === undefined)('the HEVC episode (KDRAMA_TEST_MEDIA)', () => {
  let finished: Finished;
  beforeAll(async () => {
    finished = await uploadAndPlay(cli, hevc ?? '', directory);
  }, 600_000);

  it('has every picture rendition encoded, with every frame of the source', async () => {
    expect(methods(finished)).toMatchObject({
      ...{ '1080p': 'encoded', '720p': 'encoded', '360p': 'encoded' },
    });
    const frames = await countFrames(hevc ?? '');
    for (const { uri } of finished.played.pictures.values())
      expect(await countFrames(uri)).toBe(frames);
  });

  it('has the same boundaries in all of them, none longer than 7 s, and sound in its place', async () => {
    const pictures = [...finished.played.pictures.values()];
    for (const { durations } of pictures) expect(durations).toEqual(pictures[0]?.durations);
    expect(Math.max(...(pictures[0]?.durations ?? []))).toBeLessThanOrEqual(7);
    const source = await offsets(hevc ?? '', hevc ?? '');
    for (const sound of finished.played.sounds.values()) {
      const made = await offsets(pictures[0]?.path ?? '', sound.path);
      expect(Math.abs(made[0] - source[0])).toBeLessThan(45);
      expect(Math.abs(made[1] - source[1])).toBeLessThan(45);
    }
  });
});
