import { expect, test } from 'vitest';
import { bitRatesOf } from '../../../src/daemon/streaming/bit-rates.js';
import { planOf } from './fixtures.js';

test('a short last segment does not make the peak: it is measured with its neighbour', () => {
  const { boundaries } = planOf(0, 6, 12, 12.5);
  const rates = bitRatesOf([750_000, 750_000, 500_000], boundaries, 0);
  expect(rates.peak).toBe(Math.ceil((8 * 1_250_000) / 6.5));
  expect(rates.average).toBe(Math.ceil((8 * 2_000_000) / 12.5));
});

test('a video of one segment has this as its peak and its average', () => {
  expect(bitRatesOf([1000], planOf(0, 2).boundaries, 9)).toEqual({ peak: 4000, average: 4000 });
});

test('while bytes are missing the bound stands for the peak', () => {
  expect(bitRatesOf(undefined, planOf(0, 2).boundaries, 9.2)).toEqual({
    peak: 10,
    average: undefined,
  });
});
