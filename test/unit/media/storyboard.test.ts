import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tiledSegments, tileSize } from '../../../src/daemon/media/segments/storyboard.js';
import { storyboardTrack } from '../../../src/daemon/streaming/storyboard-track.js';
import { placeOfTile } from '../../../src/shared/storyboard.js';
import { toTicks } from '../../../src/shared/time.js';

function every(seconds: number, segments: number): number[] {
  return Array.from({ length: segments + 1 }, (_, n) => toTicks(seconds * n));
}

describe('the pictures of a storyboard', () => {
  it.each([
    ['of 6 s', every(6, 700), 1],
    ['of 2 s', every(2, 60), 3],
    ['of 4 s', every(4, 60), 2],
    ['of 12 s', every(12, 60), 1],
    ['of ten hours', every(6, 6000), 6],
  ])('are those of each so many segments %s', (_, boundaries, step) => {
    const chosen = tiledSegments(boundaries);
    expect(chosen).toEqual(
      boundaries.slice(0, -1).flatMap((_start, number) => (number % step === 0 ? [number] : [])),
    );
  });

  it('stand 5 s or more apart, begin with the first, and are at most 1,000', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: toTicks(12) }), {
      minLength: 1,
      maxLength: 3000,
    });
    fc.assert(
      fc.property(gaps, (lengths) => {
        let end = 0;
        const boundaries = [0, ...lengths.map((length) => (end += length))];
        const times = tiledSegments(boundaries).map((number) => boundaries[number] ?? -1);
        expect(times[0]).toBe(0);
        expect(times.length).toBeLessThanOrEqual(1000);
        const apart = times.slice(1).map((time, index) => time - (times[index] ?? 0));
        expect(Math.min(...apart, Infinity)).toBeGreaterThanOrEqual(toTicks(5));
        // No stretch is without one for longer than that and a segment, unless there are too many.
        if (end < toTicks(5000)) {
          expect(Math.max(...apart, 0)).toBeLessThan(toTicks(5) + Math.max(...lengths));
        }
      }),
    );
  });

  it.each([
    [1920, 1080, 256, 144],
    [640, 360, 256, 144],
    [360, 640, 144, 256],
    [640, 480, 256, 192],
    [1920, 804, 256, 108],
    [176, 144, 176, 144],
    [4000, 2, 256, 2],
  ])('of %d×%d are %d×%d', (width, height, tileWidth, tileHeight) => {
    expect(tileSize({ width, height })).toEqual({ width: tileWidth, height: tileHeight });
  });

  it('lie on their sheets row by row, each in a place of its own', () => {
    const shape = { tileWidth: 256, tileHeight: 144, columns: 5, rows: 5 };
    expect([0, 4, 5, 24, 25, 31].map((tile) => placeOfTile(shape, tile))).toEqual([
      { sheet: 0, x: 0, y: 0 },
      { sheet: 0, x: 1024, y: 0 },
      { sheet: 0, x: 0, y: 144 },
      { sheet: 0, x: 1024, y: 576 },
      { sheet: 1, x: 0, y: 0 },
      { sheet: 1, x: 256, y: 144 },
    ]);
  });
});

it('a storyboard as WebVTT names for all of the video what is seen then', () => {
  const storyboard = {
    ...{ version: 'abc', tileWidth: 144, tileHeight: 256, columns: 2, rows: 1 },
    ...{ tileTicks: [0, toTicks(6), toTicks(12.345)], sheetBytes: [1, 1] },
  };
  const track = storyboardTrack(
    storyboard,
    toTicks(3600),
    (sheet) => `storyboard/abc/${sheet}.jpg`,
  );
  expect(track.split('\n\n')).toEqual([
    'WEBVTT',
    '00:00:00.000 --> 00:00:06.000\nstoryboard/abc/0.jpg#xywh=0,0,144,256',
    '00:00:06.000 --> 00:00:12.345\nstoryboard/abc/0.jpg#xywh=144,0,144,256',
    '00:00:12.345 --> 01:00:00.000\nstoryboard/abc/1.jpg#xywh=0,0,144,256\n',
  ]);
});
