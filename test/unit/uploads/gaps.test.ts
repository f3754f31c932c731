import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunkCount, chunkRange, chunksIn, gapsOf } from '../../../src/daemon/uploads/gaps.js';

test('1,500,000,000 bytes in 5,242,880-byte chunks are 287 chunks, the last one shorter', () => {
  expect(chunkCount(1_500_000_000, 5_242_880)).toBe(287);
  expect(chunkRange(1_500_000_000, 5_242_880, 286)).toEqual({
    start: 286 * 5_242_880,
    end: 1_500_000_000,
  });
  expect(chunkRange(1_500_000_000, 5_242_880, 287)).toBeUndefined();
});

test('there is no chunk at a negative or broken number', () => {
  expect(chunkRange(10, 4, -1)).toBeUndefined();
  expect(chunkRange(10, 4, 0.5)).toBeUndefined();
});

test('the missing chunks are exactly those that were not received', () => {
  const upload = fc.record({
    sizeBytes: fc.integer({ min: 1, max: 500 }),
    chunkBytes: fc.integer({ min: 1, max: 60 }),
    received: fc.infiniteStream(fc.boolean()),
  });
  fc.assert(
    fc.property(upload, ({ sizeBytes, chunkBytes, received }) => {
      const chunks = Array.from({ length: chunkCount(sizeBytes, chunkBytes) }, (_, index) => ({
        index,
        isThere: received.next().value === true,
      }));
      const ranges = chunks.flatMap(({ index, isThere }) =>
        isThere ? (chunkRange(sizeBytes, chunkBytes, index) ?? []) : [],
      );
      const missing = chunks.filter(({ isThere }) => !isThere).map(({ index }) => index);
      expect(chunksIn(gapsOf(sizeBytes, ranges), chunkBytes)).toEqual(missing);
    }),
  );
});

test('a chunk that an unaligned range covers in part is still missing', () => {
  expect(chunksIn(gapsOf(100, [{ start: 0, end: 25 }]), 10)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
});
