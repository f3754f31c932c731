/** Rungs in HEVC and AV1 that somebody asks for: what players get of them, from a real daemon. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import HLS from 'hls-parser';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { JobView } from '../../../src/shared/contract/index.js';
import { makeClip, type Clip } from '../../support/clips.js';
import { masterUrl, readyJob } from '../../support/completed-job.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { playEpisode, type PlayedEpisode } from '../../support/finished-episode.js';
import { standInFfmpeg } from '../../support/stand-in-ffmpeg.js';
import { shownTimes, workOn } from '../../support/worker-bench.js';

const exec = promisify(execFile);
const encoders = (await exec('ffmpeg', ['-v', 'error', '-encoders'])).stdout;
const lacks = (encoder: string) => !encoders.includes(` ${encoder} `);

/** Three segments, of a codec that is never copied, with key pictures that are none of ours. */
const clip: Clip = {
  ...{ seconds: 14, size: '426x240', framesPerSecond: 10, picture: 'testsrc2', subtitles: [] },
  videoOptions: ['-c:v', 'mpeg4', '-q:v', '8', '-g', '31'],
  audioOptions: ['-c:a', 'aac', '-b:a', '96k', '-ac', '2'],
  audio: [{ language: 'kor', title: 'Korean' }],
};
const frames = clip.seconds * clip.framesPerSecond;
const wanted = [
  { codec: 'hevc', encoder: 'libx265', words: 'HEVC', codecs: 'hvc1.1.6.L60.90,mp4a.40.2' },
  { codec: 'av1', encoder: 'libsvtav1', words: 'AV1', codecs: 'av01.0.00M.08,mp4a.40.2' },
] as const;

let daemon: TestDaemon;
let directory: string;
let job: JobView;
let played: PlayedEpisode;
beforeAll(async () => {
  daemon = await startTestDaemon({ env: { KDRAMA_PRESET: 'ultrafast' } });
  directory = await mkdtemp(join(tmpdir(), 'kdrama-codecs-'));
  const names = ['240p', ...wanted.map(({ codec }) => `240p-${codec}=200k`)];
  job = await readyJob(daemon, await makeClip(clip), `resolutions=${names.join()}`);
  played = await playEpisode(await masterUrl(daemon, job.videoId), directory);
}, 120_000);
afterAll(async () => {
  await daemon.close();
  await rm(directory, { recursive: true, force: true });
});

async function variantsOf(videoId: string) {
  HLS.setOptions({ strictMode: true });
  const master = HLS.parse(await (await fetch(await masterUrl(daemon, videoId))).text());
  if (!master.isMasterPlaylist) throw new Error('not a master playlist');
  return master.variants;
}

/** How many pictures a decoder makes of a file, and what it complains of. */
async function decoded(path: string): Promise<{ frames: number; stderr: string }> {
  const { stdout, stderr } = await exec('ffmpeg', [
    ...['-v', 'error', '-i', path, '-map', '0:v', '-f', 'framemd5', '-'],
  ]);
  return { frames: stdout.match(/^0,/gm)?.length ?? 0, stderr };
}

describe.each(wanted)('a rung in $words', ({ codec, encoder, words, codecs }) => {
  describe.skipIf(lacks(encoder))(`(skipped where ffmpeg has no ${encoder})`, () => {
    const name = `240p-${codec}`;
    const rung = () => played.byName.get(name) ?? { path: '', uri: '', durations: [] };

    test('is made beside the ladder, and says why', () => {
      const [first] = job.renditions;
      expect(first).toMatchObject({ name: '240p', reason: 'MPEG-4 (preset ultrafast)' });
      expect(job.renditions.find((each) => each.name === name)).toMatchObject({
        ...{ method: 'encoded', reason: `${words} on request (preset ultrafast)` },
        encoder: { preset: 'ultrafast', maxBitRate: 200_000 },
      });
    });

    test('is named rightly in a master playlist that begins in H.264', async () => {
      const variants = await variantsOf(job.videoId);
      expect(variants[0]?.codecs).toBe('avc1.640015,mp4a.40.2');
      const variant = variants.find(({ uri }) => uri.includes(`/${name}/`));
      expect(variant).toMatchObject({
        ...{ codecs, resolution: { width: 426, height: 240 }, frameRate: 10, videoRange: 'SDR' },
      });
      expect(variant?.averageBandwidth).toBeGreaterThan(0);
      expect(variant?.bandwidth).toBeGreaterThanOrEqual(variant?.averageBandwidth ?? Infinity);
    });

    test('has every frame once at its time', async () => {
      const times = await shownTimes(rung().path);
      const expected = await shownTimes(await makeClip(clip));
      expect(times).toHaveLength(frames);
      const off = times.map((time, index) => Math.abs(time - (expected[index] ?? Infinity)));
      expect(Math.max(...off)).toBeLessThan(0.001);
      expect(rung().durations).toEqual(played.byName.get('240p')?.durations);
      expect(await decoded(rung().path)).toEqual({ frames, stderr: '' });
    });

    test('goes on in another chunk under the same init segment', async () => {
      const ladder = { top: '240p', rungs: [{ name: '240p', codec }] } as const;
      const work = await workOn(await makeClip(clip), {}, { ladder });
      await work.run('encode', [name], 0, 1);
      await work.run('encode', [name], 1);
      expect(await decoded(await work.joined(name))).toEqual({ frames, stderr: '' });
      const inits = work.published.get(name)?.filter(({ number }) => number === -1) ?? [];
      expect(inits.length).toBeGreaterThan(1);
      for (const { bytes } of inits)
        expect(Buffer.compare(bytes, inits[0]?.bytes ?? bytes)).toBe(0);
      await work.close();
    });

    test('can be decoded from each segment on, by itself', async () => {
      const { uri, durations } = rung();
      const file = async (part: string) =>
        Buffer.from(await (await fetch(new URL(part, uri))).arrayBuffer());
      const init = await file('init.mp4');
      const made = await Promise.all(
        durations.map(async (_, number) => {
          const path = join(directory, `${name}-${number}.mp4`);
          await writeFile(path, Buffer.concat([init, await file(`${number}.m4s`)]));
          return decoded(path);
        }),
      );
      expect(made.map(({ stderr }) => stderr)).toEqual(durations.map(() => ''));
      expect(made.reduce((sum, each) => sum + each.frames, 0)).toBe(frames);
    });
  });
});

test('what this ffmpeg cannot encode is left out of an episode, which says so', async () => {
  const refuse = `case "$*" in *libx265*) echo "Unknown encoder 'libx265'" >&2; exit 1;; esac`;
  const lacking = await startTestDaemon({
    env: {
      ...{ KDRAMA_FFMPEG: standInFfmpeg(refuse), KDRAMA_FFPROBE: 'ffprobe' },
      ...{ KDRAMA_RESOLUTIONS: '240p-hevc', KDRAMA_PRESET: 'ultrafast' },
    },
  });
  onTestFinished(() => lacking.close());
  const { renditions } = await readyJob(lacking, await makeClip({ ...clip, seconds: 2 }));
  expect(renditions.map(({ name }) => name)).toEqual(['240p', 'audio-0']);
  expect(renditions[0]?.reason).toBe(
    "MPEG-4, the lowest for players that take nothing else (preset ultrafast), no 240p-hevc: Unknown encoder 'libx265'",
  );
});
