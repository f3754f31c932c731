/** HEVC and AV1 as they are, beside the ladder: what players get of them, from a real daemon. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import HLS from 'hls-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobView } from '../../../src/shared/contract/index.js';
import { makeClip, type Clip } from '../../support/clips.js';
import { masterUrl, readyJob } from '../../support/completed-job.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { countFrames, playEpisode, type PlayedEpisode } from '../../support/finished-episode.js';
import { colorsOf, shownTimes, workOn } from '../../support/worker-bench.js';

const exec = promisify(execFile);
const encoders = (await exec('ffmpeg', ['-v', 'error', '-encoders'])).stdout;
const lacks = (encoder: string) => !encoders.includes(` ${encoder} `);

const [seconds, framesPerSecond] = [20, 24];
const episode: Clip = {
  ...{ seconds, size: '848x480', framesPerSecond, picture: 'testsrc2', subtitles: [] },
  videoOptions: [],
  audioOptions: ['-c:a', 'aac', '-b:a', '96k', '-ac', '2'],
  audio: [{ language: 'kor', title: 'Korean' }],
};

/** Key pictures every two seconds. */
const x265 = (more: string): string[] => [
  ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params'],
  `log-level=error:keyint=48:min-keyint=48:scenecut=0:bframes=4:${more}`,
];
const mastering = 'G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)';
const hdr10: Clip = {
  ...episode,
  // Of the frames: from ffmpeg 8 on encoders are no longer told by options.
  effect: ',setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc',
  videoOptions: [
    ...['-pix_fmt', 'yuv420p10le', '-color_primaries', 'bt2020', '-color_trc', 'smpte2084'],
    ...['-colorspace', 'bt2020nc'],
    ...x265(`open-gop=0:repeat-headers=1:hdr10=1:max-cll=1000,400:master-display=${mastering}`),
  ],
};
const radl: Clip = {
  ...episode,
  videoOptions: [...x265('open-gop=0:radl=2'), '-pix_fmt', 'yuv420p'],
};
const openGop: Clip = { ...episode, videoOptions: [...x265('open-gop=1'), '-pix_fmt', 'yuv420p'] };
const svtAv1: Clip = {
  ...episode,
  videoOptions: ['-pix_fmt', 'yuv420p10le', '-c:v', 'libsvtav1', '-preset', '12', '-g', '48'],
};
const aomAv1: Clip = {
  ...episode,
  videoOptions: ['-c:v', 'libaom-av1', '-usage', 'realtime', '-cpu-used', '8', '-g', '48'],
};

let daemon: TestDaemon;
let directory: string;
beforeAll(async () => {
  daemon = await startTestDaemon();
  directory = await mkdtemp(join(tmpdir(), 'kdrama-variants-'));
});
afterAll(async () => {
  await daemon.close();
  await rm(directory, { recursive: true, force: true });
});

const ready = async (clip: Clip, ladder = 'full') =>
  readyJob(daemon, await makeClip(clip), `ladder=${ladder}`);

async function variantsOf(videoId: string) {
  HLS.setOptions({ strictMode: true });
  const master = HLS.parse(await (await fetch(await masterUrl(daemon, videoId))).text());
  if (!master.isMasterPlaylist) throw new Error('not a master playlist');
  return master.variants.filter(({ isIFrameOnly }) => isIFrameOnly !== true);
}

/** Of the decoded pictures, and what the decoder complained of. */
async function decoded(path: string): Promise<{ hash: string; stderr: string }> {
  const { stdout, stderr } = await exec('ffmpeg', [
    ...['-v', 'error', '-i', path, '-map', '0:v', '-f', 'hash', '-hash', 'md5', '-'],
  ]);
  return { hash: stdout, stderr };
}

const cases = [
  {
    ...{ encoder: 'libx265', form: 'HEVC in HDR10', clip: hdr10, name: '720p-hevc' },
    reason: 'HEVC Main 10, HDR10, key frames every 2.0 s',
    codecs: /^hvc1\.2\.4\.L90\.[0-9A-F]{2}$/,
    range: 'PQ',
  },
  {
    ...{ encoder: 'libx265', form: 'HEVC led by RADL pictures', clip: radl, name: '720p-hevc' },
    reason: 'HEVC Main, key frames every 2.1 s',
    codecs: /^hvc1\.1\.6\.L90\.[0-9A-F]{2}$/,
    range: 'SDR',
  },
  {
    ...{ encoder: 'libsvtav1', form: 'AV1 of 10 bit', clip: svtAv1, name: '720p-av1' },
    ...{ reason: 'AV1 Main, key frames every 2.0 s', codecs: /^av01\.0\.0\dM\.10$/, range: 'SDR' },
  },
  {
    ...{ encoder: 'libaom-av1', form: 'AV1 of libaom', clip: aomAv1, name: '720p-av1' },
    ...{ reason: 'AV1 Main, key frames every 2.0 s', codecs: /^av01\.0\.0\dM\.08$/, range: 'SDR' },
  },
] as const;

describe.each(cases)('an episode in $form', ({ encoder, clip, name, reason, codecs, range }) => {
  describe.skipIf(lacks(encoder))(`(skipped where ffmpeg has no ${encoder})`, () => {
    let job: JobView;
    let source: string;
    let played: PlayedEpisode;
    let copy: { path: string; durations: readonly number[] };

    beforeAll(async () => {
      source = await makeClip(clip);
      job = await ready(clip);
      played = await playEpisode(await masterUrl(daemon, job.videoId), directory);
      copy = played.byName.get(name) ?? { path: '', durations: [] };
    }, 120_000);

    test('is offered as it is behind its ladder, and says why', () => {
      expect(job.renditions.map((each) => [each.name, each.method])).toEqual([
        ...[
          ['720p', 'encoded'],
          ['360p', 'encoded'],
          [name, 'copied'],
          ['audio-0', 'copied'],
        ],
      ]);
      expect(job.renditions.find((each) => each.name === name)?.reason).toBe(reason);
    });

    test('is named rightly in a master playlist that begins in H.264', async () => {
      const variants = await variantsOf(job.videoId);
      expect(variants[0]?.codecs).toMatch(/^avc1\./);
      const variant = variants.find(({ uri }) => uri.includes(`/${name}/`));
      expect(variant?.codecs).toMatch(new RegExp(`${codecs.source.slice(0, -1)},mp4a\\.40\\.2$`));
      expect(variant).toMatchObject({
        ...{ resolution: { width: 848, height: 480 }, frameRate: 24, videoRange: range },
      });
      expect(variant?.averageBandwidth).toBeGreaterThan(100_000);
      expect(variant?.bandwidth).toBeGreaterThanOrEqual(variant?.averageBandwidth ?? Infinity);
      const others = variants.filter((each) => each !== variant);
      expect(others.map(({ videoRange }) => videoRange)).toEqual(['SDR', 'SDR']);
    });

    test('has every frame once at its time, bit for bit', async () => {
      expect(await decoded(copy.path)).toEqual({ ...(await decoded(source)), stderr: '' });
      const [times, expected] = await Promise.all([shownTimes(copy.path), shownTimes(source)]);
      expect(times).toHaveLength(seconds * framesPerSecond);
      const off = times.map((time, index) => Math.abs(time - (expected[index] ?? Infinity)));
      expect(Math.max(...off)).toBeLessThan(0.001);
    });

    test('has the same boundaries in all renditions, each with all frames', async () => {
      for (const { path, durations } of played.pictures.values()) {
        expect(durations).toEqual(copy.durations);
        expect(await countFrames(path)).toBe(seconds * framesPerSecond);
      }
      expect(copy.durations.length).toBeGreaterThan(2);
    });

    test('can be decoded from each segment on, by itself', async () => {
      const playlist = played.byName.get(name)?.uri ?? '';
      const file = async (part: string) =>
        Buffer.from(await (await fetch(new URL(part, playlist))).arrayBuffer());
      const init = await file('init.mp4');
      const times = await shownTimes(copy.path);
      let [from, frames] = [0, 0];
      for (const [number, duration] of copy.durations.entries()) {
        const path = join(directory, `${name}-${number}.mp4`);
        await writeFile(path, Buffer.concat([init, await file(`${number}.m4s`)]));
        expect((await decoded(path)).stderr).toBe('');
        const inSegment = await countFrames(path);
        const isInside = (time: number) => time > from - 0.002 && time < from + duration - 0.002;
        expect(inSegment).toBe(times.filter(isInside).length);
        frames += inSegment;
        from += duration;
      }
      expect(frames).toBe(seconds * framesPerSecond);
    });

    test('is an MP4 by its own name; without one it is H.264', async () => {
      const codecOf = async (query: string) => {
        const response = await daemon.fetch(`/stream/${job.videoId}${query}`);
        expect(response.headers.get('content-type')).toBe('video/mp4');
        const path = join(directory, 'stream.mp4');
        await writeFile(path, Buffer.from(await response.arrayBuffer()));
        expect(await countFrames(path)).toBe(seconds * framesPerSecond);
        const { stdout } = await exec('ffprobe', [
          ...['-v', 'error', '-select_streams', 'v', '-show_entries', 'stream=codec_name'],
          ...['-of', 'default=nokey=1:noprint_wrappers=1', path],
        ]);
        return stdout.trim();
      };
      expect(await codecOf(`?quality=${name}`)).toBe(name.split('-')[1]);
      expect(await codecOf('?quality=720p')).toBe('h264');
      expect(await codecOf('')).toBe('h264');
      const refused = await daemon.fetch(`/stream/${job.videoId}?quality=2160p`);
      expect([refused.status, await refused.text()]).toEqual([404, expect.stringContaining(name)]);
    });
  });
});

describe.skipIf(lacks('libx265'))('HEVC (skipped where ffmpeg has no libx265)', () => {
  test('keeps its HDR colours in the copy alone', async () => {
    // The same bytes: the same video.
    const { videoId } = await ready(hdr10);
    const { byName, pictures } = await playEpisode(await masterUrl(daemon, videoId), directory);
    const transferOf = async (path = '') => (await colorsOf(path)).color_transfer;
    expect(await transferOf(byName.get('720p-hevc')?.path)).toBe('smpte2084');
    expect(await transferOf(pictures.get(480)?.path)).toBe('bt709');
  });

  test('has its parameter sets in the init segment alone', async () => {
    const setsInBand = async (path: string) => {
      const { stdout } = await exec('ffmpeg', [
        ...['-v', 'error', '-i', path, '-map', '0:v', '-c', 'copy'],
        ...['-bsf:v', 'filter_units=pass_types=32-34', '-f', 'framecrc', '-'],
      ]);
      return stdout.match(/^0,/gm)?.length ?? 0;
    };
    const source = await makeClip(hdr10);
    const work = await workOn(source);
    await work.run('copy', ['720p-hevc']);
    expect(await setsInBand(source)).toBeGreaterThan(1);
    expect(await setsInBand(await work.joined('720p-hevc'))).toBe(0);
    await work.close();
  });

  test('with open key frames has its ladder alone', async () => {
    const job = await ready(openGop, 'on-demand');
    expect(job.renditions.map(({ name }) => name)).toEqual(['720p', '360p', 'audio-0']);
    expect(job.renditions.map(({ reason }) => reason).slice(0, 2)).toEqual([
      ...['HEVC (not offered as it is: independent key pictures up to 20 s apart)', 'HEVC'],
    ]);
  });

  test('with the ladder copy has the lowest rung besides, for all other players', async () => {
    const job = await ready(hdr10, 'copy');
    expect(job.renditions.map(({ name }) => name)).toEqual(['360p', '720p-hevc', 'audio-0']);
    expect(job.renditions[0]?.reason).toContain('not all players take');
  });

  test('is ready on demand when it is copied and can be begun in H.264', async () => {
    const job = await ready({ ...hdr10, seconds: 15 }, 'on-demand');
    const made = job.renditions.map(({ name, segmentsDone }) => `${name} ${segmentsDone}`);
    const segments = job.renditions[0]?.segments;
    expect(made.slice(0, 3)).toEqual(['720p 0', '360p 1', `720p-hevc ${segments}`]);
  });

  test('copied with all its sound may stand for its source', async () => {
    const work = await workOn(await makeClip(hdr10));
    expect(work.probed.isWholeCopy).toBe(true);
    await work.close();
  });

  test('goes on in the middle, without what is there', async () => {
    const work = await workOn(await makeClip(radl));
    await work.run('copy', ['720p-hevc'], 2, 1);
    const path = await work.joined('720p-hevc', 2);
    const [from = 0, to = 0] = work.probed.boundaries.slice(2, 4);
    const times = (await shownTimes(path)).map((time) => Math.round(time * 90_000));
    expect(times[0]).toBe(from);
    expect(times).toHaveLength(Math.round(((to - from) * framesPerSecond) / 90_000));
    await work.close();
  });
});
