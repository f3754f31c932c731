import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitFrames, withoutHiddenEnd } from '../../../src/daemon/media/segments/fit-frames.js';
import type { Sample } from '../../../src/daemon/media/fmp4/samples.js';
import { pictureSegmenter } from '../../../src/daemon/media/segments/segmenter.js';
import {
  areOnGrid,
  continuousSound,
  firstFrameAt,
} from '../../../src/daemon/media/segments/sound-grid.js';
import { soundSegmenter } from '../../../src/daemon/media/segments/sound-segmenter.js';

const data = Uint8Array.of(1);
const silence = Uint8Array.of(255);
const grid = { sampleRate: 48_000, frameSamples: 1024 };
const picture = (pts: number, isSync = false): Sample => ({ pts, duration: 1, isSync, data });
const sound = (pts: number): Sample => ({ pts, duration: 1024, isSync: true, data });
const pts = (samples: readonly Sample[]) => samples.map((sample) => sample.pts);

describe('cutting the picture', () => {
  const boundaries = [0, 30_000, 60_000, 90_000];

  it('begins a segment at the key picture of a boundary, not at others', () => {
    const cutter = pictureSegmenter(boundaries, 0, 3);
    const stream = [
      ...[picture(0, true), picture(9000), picture(15_000, true), picture(24_000)],
      ...[picture(30_000, true), picture(45_000), picture(60_000, true), picture(75_000)],
    ];
    const segments = [...cutter.push(stream), ...cutter.finish()];
    expect(segments.map(({ number, samples }) => [number, pts(samples)])).toEqual([
      [0, [0, 9000, 15_000, 24_000]],
      [1, [30_000, 45_000]],
      [2, [60_000, 75_000]],
    ]);
  });

  it('drops what lies before the chunk and after it', () => {
    const cutter = pictureSegmenter(boundaries, 1, 2);
    const stream = [
      picture(0, true),
      picture(30_000, true),
      picture(60_000, true),
      picture(61_000),
    ];
    const segments = [...cutter.push(stream), ...cutter.finish()];
    expect(segments.map(({ number, samples }) => [number, pts(samples)])).toEqual([[1, [30_000]]]);
  });
});

describe('comparing a segment with the source', () => {
  it('gives each picture the exact time of the source', () => {
    const made = [picture(3, true), picture(11_252), picture(3752), picture(7501)];
    const fitted = fitFrames(made, [0, 3750, 7500, 11_250]);
    expect(fitted.ok && pts(fitted.samples)).toEqual([0, 11_250, 3750, 7500]);
  });

  it('leaves out at the end what comes after all that is shown', () => {
    const made = [picture(0, true), picture(11_250), picture(3750), picture(7500), picture(15_000)];
    expect(pts(withoutHiddenEnd(made, [0, 3750, 7500, 11_250]))).toEqual([0, 11_250, 3750, 7500]);
    // What is decoded before them is needed.
    expect(withoutHiddenEnd(made, [0, 3750, 7500])).toHaveLength(4);
  });

  it('sees a missing frame, a shifted one and a segment that no player can start at', () => {
    expect(fitFrames([picture(0, true)], [0, 3750]).ok).toBe(false);
    expect(fitFrames([picture(0, true), picture(3931)], [0, 3750]).ok).toBe(false);
    expect(fitFrames([picture(0)], [0]).ok).toBe(false);
  });
});

describe('copied sound', () => {
  it('is laid on the grid when its container rounds to milliseconds', () => {
    const rounded = [0, 1008, 2064, 3072, 4080].map(sound);
    expect(pts(continuousSound(grid, silence).push(rounded))).toEqual([0, 1024, 2048, 3072, 4096]);
  });

  it('loses its priming, and has silence until it begins', () => {
    expect(pts(continuousSound(grid, silence).push([-1024, 0, 1024].map(sound)))).toEqual([
      0, 1024,
    ]);
    const late = continuousSound(grid, silence).push([2400, 3424].map(sound));
    expect(pts(late)).toEqual([0, 1024, 2048, 3072]);
    expect(late.map((sample) => sample.data === data)).toEqual([false, false, true, true]);
  });

  it('lies in the same places when it is taken up behind a gap', () => {
    // A gap that ends half a frame beside the grid, rounded to both sides: alone each would go its own way.
    const times = [0, 1024, 2048, 8690, 9744, 10_738, 11_790, 19_890, 20_980, 21_960];
    const frames = times.map((time, n) => ({ ...sound(time), data: Uint8Array.of(n, n) }));
    const heard = (samples: readonly Sample[]) =>
      samples.flatMap(({ pts: time, data: [n] }) => (n === 255 ? [] : [[n, time]]));
    const whole = heard(continuousSound(grid, silence).push(frames));
    for (const first of times.keys()) {
      const part = continuousSound(grid, silence, times.slice(0, first + 2)).push(
        frames.slice(first),
      );
      expect(heard(part)).toEqual(whole.slice(first));
    }
  });

  it('lies where all before it would put it, where the last frames say enough', () => {
    const step = fc.oneof(
      { weight: 30, arbitrary: fc.integer({ min: 1000, max: 1048 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 5000 }) },
    );
    const runs = fc.array(fc.record({ step, length: fc.integer({ min: 1, max: 40 }) }), {
      maxLength: 8,
    });
    let decided = 0;
    fc.assert(
      fc.property(fc.integer({ min: -512, max: 2048 }), runs, (start, all) => {
        const steps = all.flatMap(({ step: first, length }) => [
          first,
          ...Array<number>(length).fill(1024),
        ]);
        const times = steps.reduce((sum, each) => [...sum, (sum.at(-1) ?? 0) + each], [start]);
        const whole = continuousSound(grid, silence).push(times.map(sound)).at(-1)?.pts;
        const last = times.slice(-12);
        if (times.length < 13 || !areOnGrid(last, grid)) return;
        decided += 1;
        const tail = continuousSound(grid, silence, last).push([sound(times.at(-1) ?? 0)]);
        expect(tail.at(-1)?.pts).toBe(whole);
      }),
      { numRuns: 2000 },
    );
    expect(decided).toBeGreaterThan(200);
  });

  it('has silence where the source has a gap, and no frame twice where it overlaps', () => {
    const arranged = continuousSound(grid, silence).push([0, 1024, 5120, 6144].map(sound));
    expect(pts(arranged)).toEqual([0, 1024, 2048, 3072, 4096, 5120, 6144]);
    expect(arranged.filter((sample) => sample.data === data)).toHaveLength(4);
    expect(pts(continuousSound(grid, silence).push([0, 1024, 1024, 2048].map(sound)))).toEqual([
      0, 1024, 2048,
    ]);
  });

  it('is padded to the end of the picture', () => {
    const track = continuousSound(grid, silence);
    track.push([sound(0)]);
    expect(pts(track.padTo(4500))).toEqual([1024, 2048, 3072]);
  });
});

describe('cutting the sound', () => {
  const boundaries = [0, 90_000, 180_000];

  it('gives each segment the frames that start in it, each frame once', () => {
    const frames = Array.from({ length: 94 }, (_, index) => sound(index * 1024));
    const cutter = soundSegmenter(boundaries, grid, 0, 2);
    const segments = [...cutter.push(frames), ...cutter.finish()];
    expect(segments.map(({ number }) => number)).toEqual([0, 1]);
    expect(segments.flatMap(({ samples }) => pts(samples))).toEqual(pts(frames));
    expect(segments[1]?.samples[0]?.pts).toBe(firstFrameAt(90_000, grid) * 1024);
  });

  it('ends with the plan, whatever is left', () => {
    const frames = Array.from({ length: 130 }, (_, index) => sound(index * 1024));
    const cutter = soundSegmenter(boundaries, grid, 1, 2);
    const segments = [...cutter.push(frames), ...cutter.finish()];
    expect(segments.at(-1)?.samples.at(-1)?.pts).toBe(93 * 1024);
    expect(94 * 1024).toBeGreaterThanOrEqual(2 * 48_000);
  });

  it('cuts at the same frames whichever chunk it starts with', () => {
    const frames = Array.from({ length: 200 }, (_, index) => sound(index * 1024));
    const three = [0, 91_234, 181_111, 270_000];
    const whole = soundSegmenter(three, { ...grid, sampleRate: 44_100 }, 0, 3);
    const part = soundSegmenter(three, { ...grid, sampleRate: 44_100 }, 1, 2);
    const fromWhole = [...whole.push(frames), ...whole.finish()][1]?.samples ?? [];
    const fromPart = [...part.push(frames), ...part.finish()][0]?.samples ?? [];
    expect(pts(fromPart)).toEqual(pts(fromWhole));
  });
});
