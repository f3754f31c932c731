import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MadeWork } from '../../../src/daemon/jobs/progress/made-work.js';
import { workUntilDone, type LiveJob } from '../../../src/daemon/jobs/progress/outlook.js';
import {
  percentOf,
  workOf,
  type RenditionWork,
} from '../../../src/daemon/jobs/progress/progress.js';
import {
  speedOf,
  timeLeft,
  withSample,
  type Sample,
} from '../../../src/daemon/jobs/progress/speed.js';
import { toTicks } from '../../../src/shared/time.js';

function encoded(height: number, segmentsDone: number, codecs = ''): RenditionWork {
  return {
    method: 'encoded',
    segmentsDone,
    ticksDone: segmentsDone * toTicks(6),
    traits: {
      kind: 'video',
      stream: 0,
      width: (height * 16) / 9,
      height,
      frameRate: 24,
      codecs,
      bandwidthBound: 0,
      maxBitRate: 0,
      reorderTicks: 0,
    },
  };
}

const minute = { durationTicks: toTicks(60), hasPoster: false, inFlight: 0 };

describe('progress', () => {
  it('weighs a large picture more than a small one', () => {
    const large = percentOf(
      workOf({ ...minute, renditions: [encoded(1080, 10), encoded(360, 0)] }),
    );
    const small = percentOf(
      workOf({ ...minute, renditions: [encoded(1080, 0), encoded(360, 10)] }),
    );
    expect(large).toBeGreaterThan(80);
    expect(small).toBeLessThan(20);
  });

  it('weighs a picture more in a codec that takes longer', () => {
    const done = (codecs: string) =>
      workOf({ ...minute, renditions: [encoded(720, 10, codecs)] }).done;
    const [h264, hevc, av1] = ['avc1.64001f', 'hvc1.1.6.L93.90', 'av01.0.05M.08'].map(done);
    expect(hevc).toBeGreaterThan(2 * (h264 ?? Infinity));
    expect(av1).toBeGreaterThan(1.5 * (h264 ?? Infinity));
  });

  it('rises with every segment and stays below 100 until all is verified', () => {
    fc.assert(
      fc.property(fc.nat(10), fc.nat(10), fc.nat(1000), (done, more, inFlight) => {
        const low = [encoded(720, Math.min(done, more))];
        const high = [encoded(720, Math.max(done, more))];
        const before = percentOf(workOf({ ...minute, renditions: low }));
        const after = percentOf(workOf({ ...minute, renditions: high, inFlight, hasPoster: true }));
        expect(before).toBeLessThanOrEqual(after);
        expect(after).toBeLessThan(100);
      }),
    );
  });

  it('counts what a running attempt has made only until it is published', () => {
    const rendition = { ...encoded(720, 0), id: 'r', segmentCount: 10 };
    const row = { ...rendition, planId: 'p', name: '720p', version: 1, reason: '', position: 0 };
    const made = new MadeWork([{ ...row, initBytes: null }], [0, toTicks(6), toTicks(12)]);
    made.made(toTicks(9));
    const before = made.inFlight;
    made.published({ renditionId: 'r', number: 0, bytes: new Uint8Array() });
    expect(made.inFlight).toBeCloseTo(before / 3);
    made.published({ renditionId: 'r', number: 1, bytes: new Uint8Array() });
    expect(made.inFlight).toBe(0);
  });
});

describe('speed', () => {
  const samplesOf = (...points: [atMs: number, done: number][]): Sample[] =>
    points.reduce<Sample[]>((all, [atMs, done]) => withSample(all, { atMs, done }), []);

  it('is what was done in the last 30 s', () => {
    const samples = samplesOf([0, 0], [1000, 1000], [31_500, 1000], [41_500, 1050]);
    expect(speedOf(samples, 41_500)).toBeCloseTo(5);
  });

  it('is unknown when nothing was done in them', () => {
    expect(speedOf(samplesOf([0, 0], [5000, 10]), 60_000)).toBeNull();
    expect(speedOf(samplesOf([0, 0]), 5000)).toBeNull();
  });

  it('never counts work twice that went back and was made again', () => {
    const samples = samplesOf([0, 0], [1000, 10], [2000, 4], [3000, 10]);
    expect(speedOf(samples, 3000)).toBeCloseTo(10 / 3);
  });

  it('does not sink between two samples, but does when nothing comes any more', () => {
    const samples = samplesOf([0, 0], [1000, 10], [2000, 20]);
    expect(speedOf(samples, 2900)).toBeCloseTo(10);
    expect(speedOf(samples, 13_000)).toBeCloseTo(2);
  });

  it('is unknown until it was looked at for as long as is wanted', () => {
    const samples = samplesOf([0, 0], [1000, 10], [2000, 20]);
    expect(speedOf(samples, 2500, 3000)).toBeNull();
    expect(speedOf(samplesOf([0, 0], [1000, 10], [3000, 30]), 3000, 3000)).toBeCloseTo(10);
  });

  it('gives an end that is still ahead when it is read', () => {
    const finite = { noNaN: true, noDefaultInfinity: true };
    const positive = fc.double({ min: 1e-6, ...finite });
    fc.assert(
      fc.property(fc.double(finite), positive, fc.nat(), (left, speed, later) => {
        const ms = timeLeft({ left, lookedMs: 1000 }, speed, 1000 + later);
        expect(ms).toBeGreaterThanOrEqual(1000);
      }),
    );
    expect(timeLeft({ left: 10, lookedMs: 0 }, null, 0)).toBeNull();
    expect(timeLeft({ left: 100, lookedMs: 0 }, 5, 2000)).toBe(18_000);
  });
});

describe('the work until a job is done', () => {
  const live = (id: string, change: Partial<LiveJob>): LiveJob => ({
    ...{ id, priority: 1, durationSeconds: 60, workPerSecond: 2, left: 100 },
    ...change,
  });
  const job = live('it', {});

  it('is its own when it is alone', () => {
    expect(workUntilDone(job, [job])).toBe(100);
  });

  it('holds all of a more important one and nothing of a less important one', () => {
    const others = [live('high', { priority: 0, left: 30 }), live('low', { priority: 2 })];
    expect(workUntilDone(job, [job, ...others])).toBe(130);
  });

  it('holds of a longer equal only what is made side by side with it', () => {
    const longer = live('longer', { durationSeconds: 600, left: 1200 });
    expect(workUntilDone(job, [job, longer])).toBe(100 + 120);
    const beyondIt = live('beyond', { durationSeconds: 600, left: 400 });
    expect(workUntilDone(job, [job, beyondIt])).toBe(100);
  });
});
