import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MadeWork } from '../../../src/daemon/jobs/made-work.js';
import { percentOf, workOf, type RenditionWork } from '../../../src/daemon/jobs/progress.js';
import { estimate, speedOf, withSample, type Sample } from '../../../src/daemon/jobs/speed.js';
import { toTicks } from '../../../src/shared/time.js';

function encoded(height: number, segmentsDone: number): RenditionWork {
  return {
    method: 'encoded',
    segmentCount: 10,
    segmentsDone,
    traits: {
      kind: 'video',
      stream: 0,
      width: (height * 16) / 9,
      height,
      frameRate: 24,
      codecs: '',
      bandwidthBound: 0,
      maxBitRate: 0,
      reorderTicks: 0,
    },
  };
}

describe('progress', () => {
  it('weighs a large picture more than a small one', () => {
    const large = percentOf(workOf([encoded(1080, 10), encoded(360, 0)], toTicks(60), 0));
    const small = percentOf(workOf([encoded(1080, 0), encoded(360, 10)], toTicks(60), 0));
    expect(large).toBeGreaterThan(80);
    expect(small).toBeLessThan(20);
  });

  it('rises with every segment and stays below 100 until all is verified', () => {
    fc.assert(
      fc.property(fc.nat(10), fc.nat(10), fc.nat(1000), (done, more, inFlight) => {
        const low = percentOf(workOf([encoded(720, Math.min(done, more))], toTicks(60), 0));
        const high = percentOf(workOf([encoded(720, Math.max(done, more))], toTicks(60), inFlight));
        expect(low).toBeLessThanOrEqual(high);
        expect(high).toBeLessThan(100);
      }),
    );
  });

  it('counts what a running attempt has made only until it is published', () => {
    const rendition = { ...encoded(720, 0), id: 'r' };
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
    expect(speedOf(samples, 4000)).toBeCloseTo(2.5);
  });

  it('gives an end that is never in the past', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true }),
        fc.double({ min: 1e-6, noNaN: true }),
        (left, speed) => {
          expect(estimate(1000, left, speed)).toBeGreaterThanOrEqual(1000);
        },
      ),
    );
    expect(estimate(1000, 10, null)).toBeNull();
  });
});
