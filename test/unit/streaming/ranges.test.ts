import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideRange } from '../../../src/daemon/streaming/ranges.js';

const part = (start: number, end: number) => ({ kind: 'part', start, end });

describe('a Range header', () => {
  test.each([
    ['bytes=0-0', 10, part(0, 1)],
    ['bytes=2-5', 10, part(2, 6)],
    ['bytes=5-', 10, part(5, 10)],
    ['bytes=5-99', 10, part(5, 10)],
    ['bytes=-3', 10, part(7, 10)],
    ['bytes=-30', 10, part(0, 10)],
    ['BYTES=0-1', 10, part(0, 2)],
  ])('%s of %d bytes is a part', (header, size, expected) => {
    expect(decideRange(header, size)).toEqual(expected);
  });

  test.each([['bytes=10-'], ['bytes=10-12'], ['bytes=-0']])(
    '%s of 10 bytes cannot be satisfied',
    (header) => expect(decideRange(header, 10)).toEqual({ kind: 'unsatisfiable' }),
  );

  test('no part of an empty file can be satisfied', () => {
    expect(decideRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' });
    expect(decideRange('bytes=-1', 0)).toEqual({ kind: 'unsatisfiable' });
  });

  test.each([
    [undefined],
    ['items=0-1'],
    ['bytes=5-2'],
    ['bytes=-'],
    ['bytes=a-b'],
    ['bytes=0-1,4-5'],
    ['bytes=0x1-2'],
    ['bytes=99999999999999999999-'],
  ])('%s gets the whole', (header) => {
    expect(decideRange(header, 10)).toEqual({ kind: 'whole' });
  });

  test('a part always lies inside the file and is never empty', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (first, last, size) => {
        const range = decideRange(`bytes=${first}-${last}`, size);
        if (range.kind !== 'part') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThan(range.start);
        expect(range.end).toBeLessThanOrEqual(size);
      }),
    );
  });
});
