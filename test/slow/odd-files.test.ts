import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobView, VideoView } from '../../src/shared/contract/index.js';
import { cliHome, type CliHome } from '../support/cli.js';
import { playEpisode, type PlayedEpisode } from '../support/finished-episode.js';
import { expectSameFrames } from '../support/same-frames.js';
import {
  colorsOf,
  shownAspect,
  shownColor,
  shownShape,
  shownTimes,
  soundSpan,
} from '../support/worker-bench.js';

const media = join(process.env['KDRAMA_TEST_MEDIA'] ?? '', 'odd');
const isThere = process.env['KDRAMA_TEST_MEDIA'] !== undefined && existsSync(media);

interface Expectation {
  readonly file: string;
  /** `ready` or the code of the error. */
  readonly outcome: string;
  /** `1920x1080`, of the largest rendition. */
  readonly picture: string;
  readonly method: 'copied' | 'encoded';
  readonly sounds: string;
  readonly subtitles: string;
  /** What only some players take, as it is: `1080p-hevc`; `-`: nothing. */
  readonly beside: string;
}

/** Written down before any of them was run, from what each file is. */
function readExpectations(): Expectation[] {
  const text = readFileSync(new URL('odd-files.tsv', import.meta.url), 'utf8');
  const [head = '', ...lines] = text.trim().split('\n');
  const names = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(names.map((name, n) => [name, cells[n]])) as unknown as Expectation;
  });
}

let cli: CliHome;
let api: string;
let token: string;
let directory: string;
beforeAll(async () => {
  cli = await cliHome();
  directory = await mkdtemp(join(tmpdir(), 'kdrama-odd-'));
  const { url } = JSON.parse((await cli.kdrama('start', '--json')).out) as { url: string };
  api = url;
  token = (await cli.kdrama('token', 'show')).out.trim();
});
afterAll(async () => {
  await cli.remove();
  await rm(directory, { recursive: true, force: true });
});

interface Ended {
  readonly job: JobView;
  readonly video: VideoView;
}

async function upload(file: string): Promise<Ended | { readonly code: string }> {
  const { out, err } = await cli.kdrama('upload', '--json', '--wait=ready', join(media, file));
  const { videoId, error } = JSON.parse(out || err) as {
    videoId?: string;
    error?: { code: string };
  };
  if (error) return { code: error.code };
  const get = async (path: string) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${api}/api/v1${path}`, { headers })).json();
  };
  const job = (await get(`/jobs/${videoId}`)) as JobView;
  return { job, video: (await get(`/videos/${videoId}`)) as VideoView };
}

async function play({ video }: Ended): Promise<PlayedEpisode> {
  return playEpisode(`${api}${video.streamingUrls.hls}`, directory);
}

/** Every rendition has the frames that a decoder shows of the source, each at its time. */
async function expectFramesOf(source: string, played: PlayedEpisode): Promise<void> {
  const times = await shownTimes(source);
  const seconds = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const halfFrame = (0.5 * seconds) / Math.max(1, times.length - 1);
  for (const { path } of played.byName.values()) {
    await expectSameFrames(path, times, Math.max(0.002, halfFrame));
  }
}

/** In the source's shape with square pixels, to two of them, and in its colours as a screen shows them. */
async function expectLookOf(source: string, played: PlayedEpisode): Promise<void> {
  const aspect = await shownAspect(source);
  for (const { path } of played.byName.values()) {
    const [width = 0, height = 0] = await shownShape(path);
    expect(Math.abs(width - height * aspect)).toBeLessThanOrEqual(2 + 2 * aspect);
  }
  const { color_transfer: transfer = '' } = await colorsOf(source);
  const isHdr = ['smpte2084', 'arib-std-b67'].includes(transfer);
  for (const { path } of played.pictures.values()) {
    const colors = await colorsOf(path);
    expect(colors.pix_fmt).toMatch(/^yuvj?420p$/);
    if (isHdr) expect(colors.color_transfer).toBe('bt709');
  }
  const [largest] = played.pictures.values();
  if (isHdr || largest === undefined) return;
  // Many begin black.
  const frame = Math.min(30, (await shownTimes(largest.path)).length - 1);
  const [wanted, shown] = [await shownColor(source, frame), await shownColor(largest.path, frame)];
  const off = shown.map((part, n) => Math.abs(part - (wanted[n] ?? NaN)));
  expect(Math.max(...off), `${shown.join()} for ${wanted.join()}`).toBeLessThanOrEqual(8);
}

/** From time zero to the end of the last frame, or of sound up to a second after it, by decoding all. */
async function shownSeconds(file: string): Promise<number> {
  const path = join(media, file);
  const times = await shownTimes(path);
  const sound = await soundSpan(path).catch(() => [Number.NaN, Number.NaN] as const);
  const [soundStart, soundEnd] = Number.isNaN(sound[1]) ? [Infinity, 0] : sound;
  const start = Math.min(times[0] ?? 0, soundStart);
  const frame = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / Math.max(1, times.length - 1);
  const pictureEnd = (times.at(-1) ?? 0) + frame;
  return Math.min(Math.max(pictureEnd, soundEnd), pictureEnd + 1) - start;
}

describe.skipIf(!isThere)('the odd files (KDRAMA_TEST_MEDIA)', () => {
  const expectations = readExpectations();

  it('are all written down', () => {
    const files = expectations.map(({ file }) => file);
    expect(files.toSorted()).toEqual(readdirSync(media).toSorted());
  });

  it.each(expectations)('$file: $outcome', async (expected) => {
    const ended = await upload(expected.file);
    if ('code' in ended) return expect(ended.code).toBe(expected.outcome);
    expect(ended.job.status === 'completed' ? 'ready' : ended.job.error?.code).toBe(
      expected.outcome,
    );
    const kinds = (kind: string) => ended.job.renditions.filter((each) => each.kind === kind);
    const [largest] = kinds('video');
    const beside = kinds('video').find(({ name }) => name.includes('-'));
    expect(beside?.name ?? '-').toBe(expected.beside);
    expect(`${largest?.width}x${largest?.height}`).toBe(expected.picture);
    expect(largest?.method).toBe(expected.method);
    expect(kinds('audio')).toHaveLength(Number(expected.sounds));
    expect(kinds('subtitle')).toHaveLength(Number(expected.subtitles));
    const played = await play(ended);
    await expectFramesOf(join(media, expected.file), played);
    await expectLookOf(join(media, expected.file), played);
    // How long the last frame stands is a matter of opinion.
    const off = ended.video.duration - (await shownSeconds(expected.file));
    expect(Math.abs(off)).toBeLessThan(0.1);
    return undefined;
  });

  it('leave nothing behind and the daemon well', async () => {
    expect(readdirSync(join(cli.home, 'media', 'attempts'))).toEqual([]);
    expect(readdirSync(join(cli.home, 'media', 'uploads'))).toEqual([]);
    expect((await cli.kdrama('status')).exit).toBe(0);
  });
});
