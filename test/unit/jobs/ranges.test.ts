import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMissing, covers, remaining } from '../../../src/daemon/jobs/states/remaining.js';
import { carve } from '../../../src/daemon/jobs/viewers/split.js';
import type { TaskRange } from '../../../src/daemon/store/tasks.js';

const ids = ['a', 'b', 'c'];
const range: fc.Arbitrary<TaskRange> = fc.record({
  firstSegment: fc.nat(50),
  segments: fc.integer({ min: 1, max: 30 }),
  renditions: fc.subarray(ids, { minLength: 1 }),
});

/** Every segment of every rendition in a range, as text. */
function cells({ firstSegment, segments, renditions }: TaskRange): string[] {
  return renditions.flatMap((id) =>
    Array.from({ length: segments }, (_, index) => `${id}${firstSegment + index}`),
  );
}

describe('carving a waiting task', () => {
  const carved = fc
    .tuple(range, fc.nat(), fc.integer({ min: 1, max: 40 }))
    .chain(([whole, at, segments]) =>
      fc.record({
        whole: fc.constant(whole),
        want: fc.record({
          number: fc.constant(whole.firstSegment + (at % whole.segments)),
          segments: fc.constant(segments),
          renditions: fc.subarray([...whole.renditions], { minLength: 1 }),
        }),
      }),
    );

  it('loses nothing and makes nothing twice', () => {
    fc.assert(
      fc.property(carved, ({ whole, want }) => {
        const { wanted, rest } = carve(whole, want);
        const parts = [wanted, ...rest].flatMap(cells);
        expect(parts.toSorted()).toEqual(cells(whole).toSorted());
      }),
    );
  });

  it('puts the wanted segment first and takes no other rendition along', () => {
    fc.assert(
      fc.property(carved, ({ whole, want }) => {
        const { wanted } = carve(whole, want);
        expect(wanted.firstSegment).toBe(want.number);
        expect(wanted.renditions).toEqual(want.renditions);
        expect(wanted.segments).toBeLessThanOrEqual(want.segments);
      }),
    );
  });
});

describe('what remains of a task', () => {
  const published = fc.uniqueArray(fc.tuple(fc.constantFrom(...ids), fc.nat(80)), {
    selector: ([id, number]) => `${id}${number}`,
    maxLength: 150,
  });

  it('covers everything that is missing, and is never larger than before', () => {
    fc.assert(
      fc.property(range, published, (whole, done) => {
        const there = new Set(done.map(([id, number]) => `${id}${number}`));
        const isMissing = (id: string, number: number) => !there.has(`${id}${number}`);
        const missing = cells(whole).filter((cell) => !there.has(cell));
        const left = remaining(whole, isMissing);
        expect(countMissing(whole, isMissing)).toBe(missing.length);
        // What a matcher returns is not for fast-check, to which false means failed.
        const kept = left === null ? [] : cells(left);
        expect(kept).toEqual(expect.arrayContaining(missing));
        expect(cells(whole)).toEqual(expect.arrayContaining(kept));
      }),
    );
  });

  it('begins and ends with something missing', () => {
    const there = new Set([10, 11, 13, 19]);
    const whole = { firstSegment: 10, segments: 10, renditions: ['a'] };
    const left = remaining(whole, (_, number) => !there.has(number));
    expect(left).toEqual({ firstSegment: 12, segments: 7, renditions: ['a'] });
    expect(covers(whole, 'a', 19)).toBe(true);
    expect(covers(whole, 'a', 20)).toBe(false);
  });

  it('leaves out a rendition of which everything is there', () => {
    const whole = { firstSegment: 0, segments: 2, renditions: ['a', 'b'] };
    const left = remaining(whole, (id, number) => id === 'b' && number === 1);
    expect(left).toEqual({ firstSegment: 1, segments: 1, renditions: ['b'] });
  });
});
