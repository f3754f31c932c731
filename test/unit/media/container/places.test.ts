import { describe, expect, test } from 'vitest';
import {
  placesOfCues,
  placesOfTable,
  type Ends,
} from '../../../../src/daemon/media/container/places.js';

const clock = { ticksPerUnit: 90, startUnits: 20 };
const raw = (pts: number, sizeBytes: number, isKey = false) => ({
  ...{ pts, sizeBytes, isKey, duration: 40 },
});

describe('the packets of a sample table', () => {
  const sample = (pts: number, sizeBytes: number, isKey = false) => ({
    ...raw(pts, sizeBytes, isKey),
    offset: sizeBytes * 10,
  });
  const table = {
    unitsPerSecond: 1000,
    samples: [sample(100, 1, true), sample(140, 2), sample(180, 3, true), sample(220, 4)],
  };
  const ends: Ends = {
    clock,
    head: [raw(20, 1, true), raw(60, 2)],
    tail: [raw(100, 3, true), { ...raw(140, 4), duration: 25 }],
  };

  test('are those of ffprobe, by its clock', () => {
    expect(placesOfTable(table, ends)).toEqual({
      packets: [
        { ticks: 0, durationTicks: 3600, sizeBytes: 1, isKey: true },
        { ticks: 3600, durationTicks: 3600, sizeBytes: 2, isKey: false },
        { ticks: 7200, durationTicks: 3600, sizeBytes: 3, isKey: true },
        { ticks: 10_800, durationTicks: 2250, sizeBytes: 4, isKey: false },
      ],
      keys: [
        { ticks: 0, offset: 10, sizeBytes: 1 },
        { ticks: 7200, offset: 30, sizeBytes: 3 },
      ],
    });
  });

  test('say what is left out at the end where ffprobe says the same', () => {
    const samples = table.samples.map((each, n) => ({
      ...each,
      ...(n === 3 && { isHidden: true }),
    }));
    const hidden = { ...table, samples };
    expect(placesOfTable(hidden, ends)).toBeUndefined();
    const tail = ends.tail.map((each, n) => ({ ...each, ...(n === 1 && { isHidden: true }) }));
    const places = placesOfTable(hidden, { ...ends, tail });
    expect(places?.packets.map(({ isHidden = false }) => isHidden)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    // A list of no duration, which ffmpeg reads as all of it.
    const none = { ...table, samples: samples.map((each) => ({ ...each, isHidden: true })) };
    expect(placesOfTable(none, ends)).toBeUndefined();
  });

  test.each<[string, Ends]>([
    ['begins with another size', { ...ends, head: [raw(20, 9)] }],
    ['begins with what is left out', { ...ends, head: [{ ...raw(20, 1), isHidden: true }] }],
    ['begins at other distances', { ...ends, head: [raw(20, 1), raw(61, 2)] }],
    ['ends at another time', { ...ends, tail: [raw(101, 3), raw(141, 4)] }],
    ['ends earlier', { ...ends, tail: [raw(60, 2), raw(100, 3)] }],
    ['has no end', { ...ends, tail: [] }],
    ['has another clock', { ...ends, clock: { ...clock, ticksPerUnit: 45 } }],
  ])('are none where the file %s', (_, other) => {
    expect(placesOfTable(table, other)).toBeUndefined();
  });
});

describe('the packets of cues', () => {
  const cues = [
    { milliseconds: 20, offset: 100, sizeBytes: 30, leading: [] },
    { milliseconds: 5020, offset: 500, sizeBytes: 32, leading: [] },
    { milliseconds: 9020, offset: 1100, sizeBytes: 31, leading: [] },
  ];
  const ends: Ends = {
    clock,
    head: [raw(20, 30, true), raw(60, 2)],
    // Where it was sought lies a key frame earlier than the last cue.
    tail: [raw(5020, 32, true), raw(9020, 31, true), raw(9060, 3)],
  };

  test('reach from one to the next, and the last ones are all there', () => {
    const places = placesOfCues(cues, ends);
    expect(places?.packets.map(({ ticks, sizeBytes }) => [ticks, sizeBytes])).toEqual([
      [0, 400],
      [450_000, 600],
      [810_000, 31],
      [813_600, 3],
    ]);
    expect(places?.keys.map(({ ticks, offset }) => [ticks, offset])).toEqual([
      [0, 100],
      [450_000, 500],
      [810_000, 1100],
    ]);
  });

  test('are also those that lead a cued frame, which the last ones have anyway', () => {
    const led = cues.map((cue) => ({ ...cue, leading: [cue.milliseconds - 40] }));
    const places = placesOfCues(led.slice(1), {
      ...ends,
      clock: { ...clock, startUnits: 4980 },
      head: [raw(5020, 32, true), raw(4980, 2)],
    });
    expect(places?.packets.map(({ ticks, sizeBytes, isKey }) => [ticks, sizeBytes, isKey])).toEqual(
      [
        [3600, 600, true],
        [0, 0, false],
        [363_600, 31, true],
        [367_200, 3, false],
      ],
    );
    expect(places?.keys.map(({ ticks }) => ticks)).toEqual([3600, 363_600]);
  });

  test.each<[string, Ends]>([
    ['begins before the first', { ...ends, head: [raw(0, 9), ...ends.head] }],
    ['has another frame at the last', { ...ends, tail: [raw(9020, 32, true)] }],
    ['has none at the last', { ...ends, tail: [raw(5020, 32, true)] }],
    ['has another clock', { ...ends, clock: { ...clock, ticksPerUnit: 45 } }],
  ])('are none where the file %s', (_, other) => {
    expect(placesOfCues(cues, other)).toBeUndefined();
  });

  test('are none where time goes one way and the file the other', () => {
    const crossed = cues.map((cue) => ({ ...cue, offset: 5000 - cue.offset }));
    expect(placesOfCues(crossed, ends)).toBeUndefined();
  });
});
