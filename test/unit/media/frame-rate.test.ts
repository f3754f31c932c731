import { expect, test } from 'vitest';
import { frameRateOf, timesOfFrames } from '../../../src/daemon/media/frames/frame-rate.js';
import type { SourceStream } from '../../../src/daemon/media/source/inspect.js';

const stream = { r_frame_rate: '30000/1001' } as SourceStream;
const every = (ticks: number, count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => from + n * ticks);

test('frames at about the nominal rate have exactly that', () => {
  expect(frameRateOf(stream, every(3000, 77))).toBe(30_000 / 1001);
});

test('frames at another rate have their mean', () => {
  expect(frameRateOf(stream, every(3750, 77))).toBe(24);
});

test('what an edit list hides before time zero does not count', () => {
  const hidden = every(6000, 7, -42_000);
  expect(frameRateOf(stream, [...hidden, ...every(3000, 77)])).toBe(30_000 / 1001);
});

test('the second field of a frame is none, where a picture is interlaced', () => {
  const fields = { field_order: 'tt', avg_frame_rate: '25/1' } as SourceStream;
  const mixed = [0, 1800, 3600, 7200, 9000, 10_800];
  expect(timesOfFrames(fields, mixed)).toEqual([0, 3600, 7200, 10_800]);
  expect(timesOfFrames({ ...fields, field_order: 'progressive' }, mixed)).toEqual(mixed);
  expect(timesOfFrames({ ...fields, avg_frame_rate: '0/0' }, mixed)).toEqual(mixed);
  const paused = [0, 3600, 7200, 900_000];
  expect(timesOfFrames({ ...fields, avg_frame_rate: '2/5' }, paused)).toEqual(paused);
});
