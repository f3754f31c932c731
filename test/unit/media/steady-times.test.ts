import { expect, test } from 'vitest';
import { areSteady, steadyTimes, widestGaps } from '../../../src/daemon/media/steady-times.js';

const rate = 24_000 / 1001;
/** As Matroska has them: in whole milliseconds. */
const frame = (n: number) => Math.round((n * 1000) / rate) * 90;
const known = [0, 250, 311, 540, 541, 542].map(frame);

test('what lies between known frames is reckoned to a millisecond', () => {
  const times = steadyTimes(known, rate) ?? [];
  expect(times).toHaveLength(543);
  const off = times.map((time, n) => Math.abs(time - frame(n)));
  expect(Math.max(...off)).toBeLessThanOrEqual(90);
  expect(known.every((time) => times.includes(time))).toBe(true);
});

test.each([
  ['not whole frames apart', [0, frame(250) + 20 * 90]],
  ['twice the same', [0, frame(100), frame(100)]],
  ['further apart than key frames are', [0, frame(600)]],
])('nothing is reckoned of times that are %s', (_, times) => {
  expect(steadyTimes(times, rate)).toBeUndefined();
});

test('nothing is reckoned of a file that would have more frames than anybody has', () => {
  const keys = Array.from({ length: 2000 }, (_, n) => n * 20 * 90_000);
  expect(steadyTimes(keys, 1000)).toBeUndefined();
});

test('the widest gaps are named in order', () => {
  expect(widestGaps([0, 5, 25, 30, 60], 2)).toEqual([
    [5, 25],
    [30, 60],
  ]);
});

test('a frame that is missing, too many or elsewhere in a gap is seen, outside it is not', () => {
  const times = Array.from({ length: 100 }, (_, n) => frame(n));
  const gaps = [[frame(10), frame(30)]] as const;
  const without = (n: number) => times.filter((_, index) => index !== n);
  const moved = (n: number) => times.map((time, index) => (index === n ? time + 360 : time));
  expect(areSteady(times, times, gaps)).toBe(true);
  expect(areSteady(times, without(20), gaps)).toBe(false);
  expect(areSteady(without(20), times, gaps)).toBe(false);
  expect(areSteady(times, moved(20), gaps)).toBe(false);
  expect(areSteady(times, without(30), gaps)).toBe(true);
  expect(areSteady(times, [], gaps)).toBe(false);
});
