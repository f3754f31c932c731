import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BufferPool, capacityFor } from '../../../src/daemon/streaming/buffer-pool.js';

test('a buffer has room for what it is for, and wastes less than a quarter', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (sizeBytes) => {
      expect(capacityFor(sizeBytes)).toBeGreaterThanOrEqual(sizeBytes);
      expect(capacityFor(sizeBytes)).toBeLessThan(sizeBytes * 1.25 + 1);
    }),
  );
});

test('sizes that are near to each other share their buffers', () => {
  const pool = new BufferPool(10_000_000);
  const first = pool.take(3_764_696);
  pool.giveBack(first);
  expect(pool.take(3_790_000)).toBe(first);
  expect(pool.take(3_790_000)).not.toBe(first);
});

test('no more lies unused than may, the oldest goes', () => {
  const pool = new BufferPool(8_000_000);
  const buffers = [1, 2, 3].map(() => pool.take(3_764_696));
  for (const buffer of buffers) pool.giveBack(buffer);
  const again = [1, 2, 3].map(() => pool.take(3_764_696));
  expect(again.map((buffer) => buffers.indexOf(buffer))).toEqual([2, -1, -1]);
});
