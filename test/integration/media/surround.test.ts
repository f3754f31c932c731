import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainSound } from '../../../src/daemon/media/plan/sound-wish.js';
import { toSeconds } from '../../../src/shared/time.js';
import { clicks, clickTimes } from '../../support/clicks.js';
import { levels, samplesOf, signalToNoise } from '../../support/samples.js';
import { ffmpeg, packetTimes, shownTimes, startTime, workOn } from '../../support/worker-bench.js';

const seconds = 20;
const picture = ['-f', 'lavfi', '-i', `testsrc2=s=160x90:r=25:d=${seconds}`];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '50'];
/** FL, FR, FC, LFE, and the four of 7.1. */
const tones = [400, 500, 600, 60, 700, 800, 900, 1000];

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-surround-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** A file in which each channel has its own tone. */
async function toneFile(layout: string, channels: number, codec: readonly string[]) {
  const path = join(directory, `${codec[0]}-${channels}.mkv`);
  const voices = tones.slice(0, channels).map((hertz) => `0.3*sin(2*PI*${hertz}*t)`);
  const sound = `aevalsrc='${voices.join('|')}':c=${layout}:s=48000:d=${seconds}`;
  await ffmpeg(...picture, '-f', 'lavfi', '-i', sound, ...h264, '-c:a', ...codec, path);
  return path;
}

function toneOf(samples: Float32Array): number {
  const part = samples.subarray(3 * 48_000, 4 * 48_000);
  const rises = part.filter((value, at) => value >= 0 && (part[at - 1] ?? 0) < 0);
  return rises.length;
}

async function surroundOf(source: string) {
  const work = await workOn(source);
  for (let first = 0; first < work.segments; first += 2) {
    const segments = Math.min(2, work.segments - first);
    await work.run('audio', ['audio-0-surround'], first, segments);
  }
  return work;
}

test('each channel of AC-3 stays where it is, and seams are not heard', async () => {
  const source = await toneFile('5.1', 6, ['ac3', '-b:a', '448k']);
  const work = await surroundOf(source);
  const [stereo, surround] = work.probed.renditions.slice(-2);
  expect(stereo).toMatchObject({ name: 'audio-0', traits: { channels: 2 } });
  expect(surround).toMatchObject({ method: 'encoded', reason: 'AC3', traits: { channels: 6 } });
  const made = await work.joined('audio-0-surround');
  for (const [channel, hertz] of tones.slice(0, 6).entries()) {
    const samples = samplesOf(made, channel);
    expect(Math.abs(toneOf(samples) - hertz)).toBeLessThan(3);
    expect(levels(samples, [1, 19]).mean).toBeCloseTo(-13.47, 0);
  }
  const [left, original] = [samplesOf(made, 0), samplesOf(source, 0)];
  for (const seam of work.probed.boundaries.slice(1, -1).map(toSeconds)) {
    expect(signalToNoise(left, original, seam)).toBeGreaterThan(30);
  }
  await work.close();
});

test('what is behind and beside in 7.1 is behind in 5.1', async () => {
  const work = await surroundOf(await toneFile('7.1', 8, ['flac']));
  const made = await work.joined('audio-0-surround');
  const front = [0, 1, 2, 3].map((channel) => toneOf(samplesOf(made, channel)));
  front.forEach((hertz, channel) =>
    expect(Math.abs(hertz - (tones[channel] ?? 0))).toBeLessThan(3),
  );
  // Two tones of -13.5 dB, each at -3 dB.
  expect(levels(samplesOf(made, 4), [1, 19]).mean).toBeCloseTo(-13.47, 0);
  await work.close();
});

/** Clicks in all channels at every half second, and from the seventh second on 2.5 s later. */
async function clicksWithGap(codec: string): Promise<string> {
  const source = join(directory, `${codec}.mkv`);
  const sound = clicks(48_000, seconds, '5.1');
  await ffmpeg(...[...picture, ...sound, ...h264, '-c:a', codec, '-b:a', '384k', source]);
  const gap = join(directory, `${codec}-gap.mkv`);
  await ffmpeg('-i', source, '-c', 'copy', '-bsf:a', `setts=ts='TS+gt(TS*TB,7)*2.5/TB'`, gap);
  return gap;
}

test.each([
  ['aac', 'AAC-LC 5.1', 'mp4a.40.2', 1024],
  ['ac3', 'AC3 5.1', 'ac-3', 1536],
  ['eac3', 'EAC3 5.1', 'ec-3', 1536],
] as const)(
  '%s in 5.1 is copied where that is asked for, with silence where its source has none',
  async (codec, reason, codecs, frameSamples) => {
    const gap = await clicksWithGap(codec);
    const work = await workOn(gap, {}, { sound: { surround: 'copy', loudness: 'off' } });
    const surround = work.probed.renditions.find(({ name }) => name === 'audio-0-surround');
    expect(surround).toMatchObject({ method: 'copied', reason, traits: { codecs, channels: 6 } });
    await work.run('copy', ['audio-0-surround'], 2);
    await work.run('copy', ['audio-0-surround'], 0, 2);
    const made = await work.joined('audio-0-surround');
    const times = await packetTimes(made);
    times.forEach((time, n) => expect(time).toBeCloseTo((n * frameSamples) / 48_000, 4));
    const [first = 0] = await shownTimes(gap);
    const seen = first - (await startTime(gap));
    // The nineteenth is at the very end.
    const heard = (await clickTimes(made)).slice(0, 18);
    expect(heard).toHaveLength(18);
    heard.forEach((time, n) => {
      const wanted = seen + n + 0.5 + (n < 7 ? 0 : 2.5);
      expect(Math.abs(time - wanted)).toBeLessThan(frameSamples / 2 / 48_000 + 0.002);
    });
    await work.close();
  },
);

test('Dolby is encoded for those who do not ask for it, and where its loudness is changed', async () => {
  const gap = await clicksWithGap('ac3');
  for (const wish of [plainSound, { surround: 'copy', loudness: 'r128' } as const]) {
    const work = await workOn(gap, {}, { sound: wish });
    const surround = work.probed.renditions.find(({ name }) => name === 'audio-0-surround');
    expect(surround).toMatchObject({ method: 'encoded', traits: { codecs: 'mp4a.40.2' } });
    expect(surround?.traits).not.toHaveProperty('frameSamples');
    await work.close();
  }
});

test('a track in stereo has nothing else', async () => {
  const source = join(directory, 'stereo.mkv');
  await ffmpeg(...[...picture, ...clicks(48_000, seconds), ...h264, '-c:a', 'ac3', source]);
  const work = await workOn(source);
  expect(work.probed.renditions.map(({ name }) => name).slice(-1)).toEqual(['audio-0']);
  await work.close();
});
