import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, it } from 'vitest';
import { clicks } from '../support/clicks.js';
import { clicksOf, expectSameFrames, expectSameSound } from '../support/same-frames.js';
import { standInNvenc, worksHere } from '../support/stand-in-ffmpeg.js';
import { ffmpeg, shownTimes, workOn } from '../support/worker-bench.js';

const sources = 60;

const closed = 'log-level=error:open-gop=0:repeat-headers=1';

const encoders = {
  h264: ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
  h264open: ['-c:v', 'libx264', '-preset', 'veryfast', '-x264-params', 'open-gop=1'],
  hevc: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error'],
  hevcClosed: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', closed],
  av1: ['-c:v', 'libsvtav1', '-preset', '12', '-pix_fmt', 'yuv420p'],
  mpeg4: ['-c:v', 'mpeg4', '-q:v', '5'],
  mpeg2: ['-c:v', 'mpeg2video', '-q:v', '5'],
  vp9: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-row-mt', '1'],
} as const;

/** Frames that are left out of a steady rate, as phones and screen recordings have it. */
const gaps = {
  none: 'null',
  some: "select='mod(n*n,7)'",
  many: "select='not(mod(n,3))+lt(mod(n,50),4)'",
  long: "select='lt(t,3)+gt(t,7)'",
  /** A segment each, ten minutes long. */
  minutes: "select='not(mod(n,40))',setpts=N*600/TB",
} as const;

const source = fc.record({
  encoder: fc.constantFrom(...(Object.keys(encoders) as (keyof typeof encoders)[])),
  container: fc.constantFrom('mkv', 'mp4', 'ts'),
  rate: fc.constantFrom('24000/1001', '24', '25', '30', '60', '120'),
  seconds: fc.integer({ min: 8, max: 26 }),
  keyEvery: fc.integer({ min: 10, max: 300 }),
  bPictures: fc.integer({ min: 0, max: 3 }),
  startSeconds: fc.constantFrom(0, 0, 1.4, 95_443),
  size: fc.constantFrom('320x180', '180x320', '322x178'),
  gap: fc.constantFrom(...(Object.keys(gaps) as (keyof typeof gaps)[])),
  soundStarts: fc.constantFrom(null, 0, 0.3, -0.02),
  firstChunk: fc.integer({ min: 1, max: 3 }),
  /** What is behind the first chunk is encoded by another encoder, as after a failure. */
  isMixed: fc.boolean(),
  /** Of a large file the index is read instead of all packets; behind its last byte nothing follows. */
  isLarge: fc.boolean(),
});

const largeBytes = 65 * 1024 * 1024;

type Published = Awaited<ReturnType<typeof workOn>>['published'];
type Given = typeof source extends fc.Arbitrary<infer Value> ? Value : never;

/** MPEG-2 in MPEG-TS has a steady rate; VP9 goes into neither MPEG-TS nor a Matroska that ffmpeg shifts, AV1 not into the first. */
function isPossible({ encoder, container, gap, soundStarts }: Given): boolean {
  // A transport stream's clock may jump; ffmpeg closes such a gap. And of a Matroska whose second frame
  // comes so late it does not see that the picture starts before the sound.
  if (gap === 'minutes' && (container === 'ts' || soundStarts === 0.3)) return false;
  if (encoder === 'mpeg2' || encoder === 'mpeg4') return gap === 'none';
  return !['vp9', 'av1'].includes(encoder) || container !== 'ts';
}

function soundOf({ soundStarts, seconds }: Given): string[] {
  if (soundStarts === null) return [];
  return ['-itsoffset', String(soundStarts), ...clicks(48_000, seconds)];
}

/** Media segments of one bench join those of another, under its init segments. */
function takeOver(own: Published, others: Published): void {
  for (const [name, publications] of others) {
    const media = publications.filter(({ number }) => number >= 0);
    own.set(name, [...(own.get(name) ?? []), ...media]);
  }
}

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-random-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it(`${sources} random sources keep every frame, once, at its time, and sound with it`, async () => {
  let made = 0;
  await fc.assert(
    fc.asyncProperty(source.filter(isPossible), async (given) => {
      made += 1;
      const path = join(directory, `${made}.${given.container}`);
      await ffmpeg(
        ...['-f', 'lavfi', '-i', `testsrc2=s=${given.size}:r=${given.rate}:d=${given.seconds}`],
        ...soundOf(given),
        ...['-vf', gaps[given.gap], '-fps_mode', 'vfr'],
        ...encoders[given.encoder],
        ...['-g', String(given.keyEvery), '-bf', String(given.bPictures)],
        ...['-output_ts_offset', String(given.startSeconds), path],
      );
      if (given.isLarge && given.container !== 'ts') await truncate(path, largeBytes);
      const work = await workOn(path);
      const later = given.isMixed
        ? await workOn(
            path,
            { ffmpeg: standInNvenc() },
            { encoder: 'nvenc', hardware: worksHere() },
          )
        : work;
      const pictures = work.probed.renditions.filter(({ traits }) => traits.kind === 'video');
      const names = pictures.map(({ name }) => name);
      for (const { name, method } of pictures) {
        if (method === 'copied') await work.run('copy', [name]);
      }
      const encoded = pictures.filter(({ method }) => method === 'encoded');
      const first = Math.min(given.firstChunk, work.segments);
      const rungs = encoded.map(({ name }) => name);
      if (rungs.length > 0) await work.run('encode', rungs, 0, first);
      if (rungs.length > 0 && first < work.segments) {
        await later.run('encode', rungs, first, work.segments - first);
      }
      if (later !== work) takeOver(work.published, later.published);
      const times = await shownTimes(path);
      for (const name of names) await expectSameFrames(await work.joined(name), times);
      const sound = work.probed.renditions.find(({ traits }) => traits.kind === 'audio');
      // Of hours, nobody decodes the silence.
      if (sound !== undefined && given.gap !== 'minutes') {
        await work.run(sound.method === 'copied' ? 'copy' : 'audio', [sound.name]);
        const heard = {
          picture: await work.joined(names[0] ?? ''),
          sound: await work.joined(sound.name),
        };
        await expectSameSound(heard, await clicksOf(path, times));
      }
      await Promise.all([work.close(), later.close()]);
    }),
    { numRuns: sources, endOnFailure: true },
  );
});
