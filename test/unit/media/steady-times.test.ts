import { describe, expect, test } from 'vitest';
import {
  gapsToRead,
  steadyTimes,
  type Gap,
} from '../../../src/daemon/media/frames/steady-times.js';

const rate = 24_000 / 1001;
/** As Matroska has them: in whole milliseconds. */
const frame = (n: number) => Math.round((n * 1000) / rate) * 90;
const frames = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => frame(from + n));
/** Behind a join each comes half a frame later than before. */
const joined = (from: number, to: number) => frames(from, to).map((time) => time + 21 * 90);

const known = [0, 250, 311, 540, 541, 542].map(frame);
const reckoned = (read: readonly Gap[] = [], listed: readonly number[] = []) =>
  steadyTimes(known, rate, { read, listed });

describe('what lies between known frames', () => {
  test('is reckoned to a millisecond', () => {
    const times = reckoned() ?? [];
    expect(times).toHaveLength(543);
    const off = times.map((time, n) => Math.abs(time - frame(n)));
    expect(Math.max(...off)).toBeLessThanOrEqual(90);
    expect(known.every((time) => times.includes(time))).toBe(true);
  });

  test('is read in the widest stretches, to see whether that is right', () => {
    expect(gapsToRead([0, 5, 25, 30, 60, 100, 110].map(frame), rate)).toEqual([
      [frame(5), frame(25)],
      [frame(30), frame(60)],
      [frame(60), frame(100)],
      [frame(100), frame(110)],
    ]);
  });

  test('is reckoned of nothing where a frame is missing, too many or elsewhere in what was read', () => {
    const read = [[frame(250), frame(311)]] as const;
    const all = frames(0, 543);
    const without = (n: number) => all.filter((_, index) => index !== n);
    const moved = (n: number) => all.map((time, index) => (index === n ? time + 360 : time));
    expect(reckoned(read, all)).toHaveLength(543);
    expect(reckoned(read, without(280))).toBeUndefined();
    expect(
      reckoned(
        read,
        [...all, frame(280) + 1800].toSorted((a, b) => a - b),
      ),
    ).toBeUndefined();
    expect(reckoned(read, moved(280))).toBeUndefined();
    expect(reckoned(read, without(350))).toHaveLength(543);
    expect(reckoned(read, [])).toBeUndefined();
  });

  test('is nothing where there would be more frames than anybody has', () => {
    const keys = Array.from({ length: 2000 }, (_, n) => n * 20 * 90_000);
    expect(gapsToRead(keys, 1000)).toBeUndefined();
  });
});

describe('where parts were joined', () => {
  /** 300 frames and 300 more, with key frames at every hundredth, and the stretch of the join between them. */
  const all = [...frames(0, 280), ...joined(280, 600)];
  const keys = all.filter((_, n) => n % 100 === 0);
  const join = [frame(200), frame(300) + 21 * 90] as const;
  const read = [join];

  test('the frames of that stretch are read, those of the others reckoned', () => {
    expect(gapsToRead(keys, rate)).toContainEqual(join);
    const times = steadyTimes(keys, rate, { read, listed: all }) ?? [];
    expect(times).toHaveLength(501);
    expect(times.slice(200, 300)).toEqual(all.slice(200, 300));
    const off = times.map((time, n) => Math.abs(time - (all[n] ?? Infinity)));
    expect(Math.max(...off)).toBeLessThanOrEqual(90);
  });

  test.each([
    ['there is a second join', [...frames(0, 230), ...frames(231, 280), ...joined(280, 600)]],
    ['it does not begin with the frame that is known', all.filter((_, n) => n !== 200)],
    ['nothing is listed', []],
  ])('nothing is reckoned where %s', (_, listed) => {
    expect(steadyTimes(keys, rate, { read, listed })).toBeUndefined();
  });

  test('nothing is reckoned where it was not read', () => {
    expect(steadyTimes(keys, rate, { read: [], listed: all })).toBeUndefined();
  });
});

test.each([
  ['not whole frames apart', [0, frame(250) + 20 * 90]],
  ['twice the same', [0, frame(100), frame(100), frame(101)]],
  ['further apart than key frames are', [0, frame(600)]],
])('of times that are %s, all has to be read', (_, times) => {
  const read = gapsToRead(times, rate);
  expect(read === undefined || steadyTimes(times, rate, { read, listed: [] })).not.toBeInstanceOf(
    Array,
  );
});

test('of a picture of which more than a third is uneven, all has to be read', () => {
  const uneven = (count: number) =>
    Array.from({ length: 16 }, (_, n) => frame(100 * n) + 90 * 21 * Math.min(n, count));
  expect(gapsToRead(uneven(4), rate)).toHaveLength(8);
  expect(gapsToRead(uneven(6), rate)).toBeUndefined();
});
