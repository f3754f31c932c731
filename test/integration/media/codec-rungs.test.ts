/** Rungs in HEVC and AV1 that somebody asks for: what players get of them, from a real daemon. */
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
import { shownTimes } from '../../support/worker-bench.js';

const exec = promisify(execFile);
const encoders = (await exec('ffmpeg', ['-v', 'error', '-encoders'])).stdout;
const lacks = (encoder: string) => !encoders.includes(` ${encoder} `);

/** Two chunks, of a codec that is never copied, with a frame rate of broadcasts and cuts of its own. */
const clip: Clip = {
  ...{ seconds: 56, size: '426x240', framesPerSecond: 12, picture: 'testsrc2', subtitles: [] },
  videoOptions: ['-c:v', 'mpeg4', '-q:v', '8', '-g', '31'],
  audioOptions: ['-c:a', 'aac', '-b:a', '96k', '-ac', '2'],
  audio: [{ language: 'kor', title: 'Korean' }],
};
const frames = clip.seconds * clip.framesPerSecond;

let daemon: TestDaemon;
let directory: string;
beforeAll(async () => {
  daemon = await startTestDaemon({ env: { KDRAMA_PRESET: 'ultrafast' } });
  directory = await mkdtemp(join(tmpdir(), 'kdrama-codecs-'));
});
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

describe.each([
  { codec: 'hevc', encoder: 'libx265', words: 'HEVC', codecs: 'hvc1.1.6.L60.90,mp4a.40.2' },
  { codec: 'av1', encoder: 'libsvtav1', words: 'AV1', codecs: 'av01.0.00M.08,mp4a.40.2' },
])('a rung in $words', ({ codec, encoder, words, codecs }) => {
  describe.skipIf(lacks(encoder))(`(skipped where ffmpeg has no ${encoder})`, () => {
    const name = `240p-${codec}`;
    let job: JobView;
    let played: PlayedEpisode;
    let rung: { path: string; uri: string; durations: readonly number[] };

    beforeAll(async () => {
      job = await readyJob(daemon, await makeClip(clip), `resolutions=240p,240p-${codec}=200k`);
      played = await playEpisode(await masterUrl(daemon, job.videoId), directory);
      rung = played.byName.get(name) ?? { path: '', uri: '', durations: [] };
    }, 120_000);

    test('is made beside the ladder, and says why', () => {
      const made = job.renditions.map((each) => [each.name, each.method, each.reason]);
      expect(made.slice(0, 2)).toEqual([
        ['240p', 'encoded', 'MPEG-4 (preset ultrafast)'],
        [name, 'encoded', `${words} on request (preset ultrafast)`],
      ]);
      expect(job.renditions[1]?.encoder).toMatchObject({ maxBitRate: 200_000 });
    });

    test('is named rightly in a master playlist that begins in H.264', async () => {
      const variants = await variantsOf(job.videoId);
      expect(variants.map((each) => each.codecs)).toEqual(['avc1.640015,mp4a.40.2', codecs]);
      const variant = variants[1];
      expect(variant).toMatchObject({
        ...{ resolution: { width: 426, height: 240 }, frameRate: 12, videoRange: 'SDR' },
      });
      expect(variant?.bandwidth).toBeGreaterThanOrEqual(variant?.averageBandwidth ?? Infinity);
      expect(variant?.averageBandwidth).toBeGreaterThan(0);
    });

    test('has every frame once at its time, across chunks and segments', async () => {
      const [times, expected] = await Promise.all([
        shownTimes(rung.path),
        shownTimes(await makeClip(clip)),
      ]);
      expect(times).toHaveLength(frames);
      const off = times.map((time, index) => Math.abs(time - (expected[index] ?? Infinity)));
      expect(Math.max(...off)).toBeLessThan(0.001);
      expect(rung.durations).toEqual(played.byName.get('240p')?.durations);
    });

    test('can be decoded from each segment on, by itself', async () => {
      const file = async (part: string) =>
        Buffer.from(await (await fetch(new URL(part, rung.uri))).arrayBuffer());
      const init = await file('init.mp4');
      let decoded = 0;
      for (const number of rung.durations.keys()) {
        const path = join(directory, `${name}-${number}.mp4`);
        await writeFile(path, Buffer.concat([init, await file(`${number}.m4s`)]));
        const { stderr } = await exec('ffmpeg', ['-v', 'error', '-i', path, '-f', 'null', '-']);
        expect(stderr).toBe('');
        decoded += await countFrames(path);
      }
      expect(decoded).toBe(frames);
    });
  });
});
