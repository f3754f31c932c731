import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSegments } from '../../../src/daemon/media/plan/boundaries.js';
import { toTicks } from '../../../src/shared/time.js';

const target = toTicks(6);
const inSeconds = (ticks: readonly number[]) => ticks.map((tick) => Math.round(tick / 90) / 1000);

/** Key frames of a web release: at most every 5 s and at scene cuts; 24 frames a second from 0.021. */
const rainKeyFrames = [
  ...[0.021, 5.021, 10.021, 15.021, 20.021, 21.646, 23.146, 25.188, 27.646, 30.146, 35.146],
  ...[40.146, 45.146, 50.146, 51.771, 53.271, 55.313, 57.771],
].map(toTicks);

/** Ascending distinct times that begin at 0 or behind the start of the sound, and an end behind the last. */
const frames = fc
  .tuple(
    fc.constantFrom(0, 2070, toTicks(5)),
    fc.array(fc.integer({ min: 180, max: 90_000 }), { minLength: 1, maxLength: 400 }),
  )
  .map(([first, gaps]) =>
    gaps.reduce<number[]>((times, gap) => [...times, (times.at(-1) ?? 0) + gap], [first]),
  )
  .map((times) => ({ times, endTicks: (times.at(-1) ?? 0) + 3600 }));

const lengths = (boundaries: readonly number[]) =>
  boundaries.slice(1).map((end, index) => end - (boundaries[index] ?? 0));

describe('the plan of segments', () => {
  it('cuts the Rain episode at these key frames', () => {
    const plan = planSegments(
      { candidates: rainKeyFrames, preferred: [], endTicks: toTicks(60.271) },
      target,
    );
    expect(inSeconds(plan)).toEqual([
      ...[0, 5.021, 10.021, 15.021, 21.646, 27.646, 30.146, 35.146],
      ...[40.146, 45.146, 51.771, 57.771, 60.271],
    ]);
  });

  it('puts every frame into exactly one segment', () => {
    fc.assert(
      fc.property(frames, ({ times, endTicks }) => {
        const plan = planSegments({ candidates: times, preferred: [], endTicks }, target);
        const homes = times.map(
          (time) =>
            plan.slice(0, -1).filter((from, n) => time >= from && time < (plan[n + 1] ?? 0)).length,
        );
        expect(homes.every((count) => count === 1)).toBe(true);
        const isEmpty = (from: number, n: number) =>
          n + 1 < plan.length && !times.some((time) => time >= from && time < (plan[n + 1] ?? 0));
        expect(plan.filter(isEmpty)).toEqual([]);
        expect(plan.at(-1)).toBe(endTicks);
        expect(lengths(plan).every((length) => length > 0)).toBe(true);
      }),
    );
  });

  it('never exceeds twice the target where candidates lie close enough', () => {
    const sparse = fc.array(fc.integer({ min: 1, max: 2 * target }), { maxLength: 60 });
    fc.assert(
      fc.property(sparse, (gaps) => {
        const times = gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], [0]);
        const endTicks = (times.at(-1) ?? 0) + 2 * target;
        const plan = planSegments({ candidates: times, preferred: [], endTicks }, target);
        expect(Math.max(...lengths(plan))).toBeLessThanOrEqual(2 * target);
      }),
    );
  });

  it('begins segments only at candidates', () => {
    fc.assert(
      fc.property(frames, ({ times, endTicks }) => {
        const plan = planSegments({ candidates: times, preferred: [], endTicks }, target);
        expect(plan.slice(1, -1).every((boundary) => times.includes(boundary))).toBe(true);
      }),
    );
  });

  it('keeps dense frames within a sixth of the target', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (count) => {
        const times = Array.from({ length: count }, (_, index) => index * 3750);
        const plan = planSegments(
          { candidates: times, preferred: [], endTicks: count * 3750 },
          target,
        );
        expect(Math.max(...lengths(plan))).toBeLessThanOrEqual(target + target / 6);
      }),
      { numRuns: 50 },
    );
  });

  it('prefers a key frame of the source near the target', () => {
    const times = Array.from({ length: 600 }, (_, index) => index * 3750);
    const preferred = [toTicks(5.5), toTicks(12)];
    const plan = planSegments({ candidates: times, preferred, endTicks: 600 * 3750 }, target);
    expect(inSeconds(plan)).toEqual([0, 5.5, 12, 18, 25]);
  });

  it('has no segment before the first frame, though the sound begins earlier', () => {
    const only = { candidates: [2070], preferred: [2070], endTicks: toTicks(8.034) };
    expect(inSeconds(planSegments(only, target))).toEqual([0, 8.034]);
  });

  it('spans a gap longer than the target with one segment', () => {
    const times = [0, toTicks(1), toTicks(601), toTicks(602)];
    const plan = planSegments({ candidates: times, preferred: [], endTicks: toTicks(603) }, target);
    expect(inSeconds(plan)).toEqual([0, 1, 601, 603]);
  });
});
