import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toSeconds } from '../../../src/shared/time.js';
import { levels, samplesOf, signalToNoise } from '../../support/samples.js';
import { ffmpeg, workOn } from '../../support/worker-bench.js';

const seconds = 20;
const picture = ['-f', 'lavfi', '-i', `testsrc2=s=160x90:r=25:d=${seconds}`];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50'];

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-downmix-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** A file with one expression of time for each channel. */
async function surround(name: string, layout: string, channels: readonly string[]) {
  const path = join(directory, `${name}.mkv`);
  const sound = `aevalsrc='${channels.join('|')}':c=${layout}:s=48000:d=${seconds}`;
  await ffmpeg(...picture, '-f', 'lavfi', '-i', sound, ...h264, '-c:a', 'flac', path);
  return path;
}

/** The stereo that is made of it, each segment by itself and all at once. */
async function stereoOf(source: string) {
  const [apart, whole] = [await workOn(source), await workOn(source)];
  for (let first = 0; first < apart.segments; first += 1) {
    await apart.run('audio', ['audio-0'], first, 1);
  }
  await whole.run('audio', ['audio-0']);
  const [made, atOnce] = [await apart.joined('audio-0'), await whole.joined('audio-0')];
  const result = {
    left: samplesOf(made, 0),
    right: samplesOf(made, 1),
    atOnce: samplesOf(atOnce, 0),
  };
  const seams = apart.probed.boundaries.slice(1, -1).map(toSeconds);
  await Promise.all([apart.close(), whole.close()]);
  return { ...result, seams };
}

const speech = '0.5*sin(2*PI*700*t)';
const cases = [
  ['5.1', ['0', '0', speech, '0', '0', '0']],
  ['7.1', ['0', '0', speech, '0', '0', '0', '0', '0']],
  ['5.1(side)', ['0', '0', speech, '0', '0', '0']],
] as const;

test.each(cases)(
  'speech in the centre of %s is in both ears at -3 dB',
  async (layout, channels) => {
    const { left, right } = await stereoOf(
      await surround(`speech-${channels.length}${layout.length}`, layout, channels),
    );
    // A sine of amplitude 0.5 has -9 dB.
    expect(levels(left, [1, 19]).mean).toBeCloseTo(-9.03 - 3.01, 1);
    expect(levels(right, [1, 19]).mean).toBeCloseTo(-9.03 - 3.01, 1);
  },
);

test('a mono track is in both ears as loud as it was', async () => {
  const { left, right } = await stereoOf(await surround('mono', 'mono', [speech]));
  expect(levels(left, [1, 19]).mean).toBeCloseTo(-9.03, 1);
  expect(levels(right, [1, 19]).mean).toBeCloseTo(-9.03, 1);
});

test('the loudest sum of all channels is not clipped, and seams are not heard in it', async () => {
  const loud = (hertz: number) => `0.95*sin(2*PI*${hertz}*t)*(0.6+0.4*sin(2*PI*0.7*t))`;
  const channels = [210, 260, 330, 50, 410, 470].map(loud);
  const { left, atOnce, seams } = await stereoOf(await surround('loud', '5.1', channels));
  expect(levels(left, [0.5, 19.5]).peak).toBeLessThan(-0.3);
  expect(levels(left, [0.5, 19.5]).peak).toBeGreaterThan(-2);
  expect(seams.length).toBeGreaterThan(2);
  for (const seam of seams) expect(signalToNoise(left, atOnce, seam)).toBeGreaterThan(35);
});
