import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chaptersOf } from '../../../src/daemon/media/source/chapters.js';
import { chaptersTrack } from '../../../src/daemon/streaming/chapters-track.js';
import { parseWebVtt } from '../../../src/daemon/streaming/webvtt.js';
import { toSeconds, toTicks } from '../../../src/shared/time.js';

type Told = readonly [start: number | undefined, end: number | undefined, title?: string];

/** The chapters of a file of `seconds` whose clock starts at `clock`, in seconds. */
function chapters(told: readonly Told[], seconds = 100, clock = 0) {
  const found = chaptersOf(
    {
      chapters: told.map(([start_time, end_time, title]) => ({
        start_time,
        end_time,
        tags: title === undefined ? {} : { title },
      })),
      format: { format_name: 'matroska,webm', start_time: clock, size: 1 },
    },
    toTicks(seconds),
  );
  return found.map(({ startTicks, endTicks, title }) => [
    ...[toSeconds(startTicks), toSeconds(endTicks)],
    title,
  ]);
}

describe('the chapters of a file', () => {
  it('are those that it names', () => {
    expect(
      chapters([
        [0, 40, 'Opening'],
        [40, 90, '본편'],
        [90, 100, 'Ending'],
      ]),
    ).toEqual([
      [0, 40, 'Opening'],
      [40, 90, '본편'],
      [90, 100, 'Ending'],
    ]);
  });

  it('count from where the video begins, whatever the clock of the file says', () => {
    expect(
      chapters(
        [
          [7.5, 17.5, 'A'],
          [17.5, 107.5, 'B'],
        ],
        100,
        7.5,
      ),
    ).toEqual([
      [0, 10, 'A'],
      [10, 100, 'B'],
    ]);
  });

  it('come in the order of time, and one ends where the next begins', () => {
    expect(
      chapters([
        [50, 100, 'B'],
        [0, 70, 'A'],
        [20, 30, 'inside'],
      ]),
    ).toEqual([
      [0, 20, 'A'],
      [20, 30, 'inside'],
      [50, 100, 'B'],
    ]);
  });

  it('without an end, or with one that is no end, go on to the next', () => {
    expect(
      chapters([
        [0, 0, 'A'],
        [10, undefined, 'B'],
        [20, 5, 'C'],
      ]),
    ).toEqual([
      [0, 10, 'A'],
      [10, 20, 'B'],
      [20, 100, 'C'],
    ]);
  });

  it('outside of the video are none, nor is a second one at the same time', () => {
    expect(
      chapters([
        [-20, -5, 'before'],
        [-5, 10, 'A'],
        [10, 20, 'B'],
        [10, 30, 'C'],
        [100, 200, 'D'],
      ]),
    ).toEqual([
      [0, 10, 'A'],
      [10, 20, 'B'],
    ]);
    expect(
      chapters([
        [90, 4000, 'long'],
        [undefined, 5, 'never'],
      ]),
    ).toEqual([[90, 100, 'long']]);
  });

  it('without a title are named after their number', () => {
    expect(
      chapters([
        [0, 10],
        [10, 20, ' \u0000\n '],
        [20, 30, 'C'],
      ]).map(([, , name]) => name),
    ).toEqual(['Chapter 1', 'Chapter 2', 'C']);
  });

  it('have titles of one short line, in which nothing turns the text around', () => {
    const titles = chapters([
      [0, 1, 'one\r\n\r\n00:00.000 --> 00:09.000\ntwo'],
      [1, 2, '\u202eevil\u2066'],
      [2, 3, '한'.normalize('NFD')],
      [3, 4, '😀'.repeat(500)],
    ]).map(([, , title]) => title);
    expect(titles).toEqual([
      ...['one 00:00.000 --> 00:09.000 two', 'evil', '한', '😀'.repeat(120)],
    ]);
  });

  it('of a file that names 10,000 are the first 200', () => {
    const many = Array.from({ length: 10_000 }, (_, n): Told => [n / 100, (n + 1) / 100, `${n}`]);
    const found = chapters(many);
    expect(found).toHaveLength(200);
    expect(found.at(-1)).toEqual([1.99, 2, '199']);
  });

  it('lie apart within the video and make a good track, whatever the file says', () => {
    const time = fc.option(fc.double({ min: -50, max: 150, noNaN: true }), { nil: undefined });
    const told = fc.tuple(time, time, fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(
        fc.array(told, { maxLength: 30 }),
        fc.double({ min: -9, max: 9 }),
        (all, clock) => {
          const format = { format_name: '', start_time: Number.isNaN(clock) ? 0 : clock, size: 1 };
          const source = all.map(([start_time, end_time, title]) => ({
            ...{ start_time, end_time, tags: { title } },
          }));
          const found = chaptersOf({ chapters: source, format }, toTicks(100));
          let before = 0;
          for (const { startTicks, endTicks, title } of found) {
            expect(startTicks).toBeGreaterThanOrEqual(before);
            expect(endTicks).toBeGreaterThan(startTicks);
            expect(title).not.toMatch(/^$|[\n\r]/);
            before = endTicks;
          }
          expect(before).toBeLessThanOrEqual(toTicks(100));
          const { cues } = parseWebVtt(chaptersTrack(found));
          expect(cues).toHaveLength(found.length);
          expect(cues.every(({ startMs, endMs }) => endMs > startMs)).toBe(true);
        },
      ),
    );
  });
});

it('a track of chapters shows what looks like HTML as the text that it is', () => {
  const chapter = { startTicks: 0, endTicks: toTicks(3725.5), title: '<img src=x> & --> <v A>' };
  expect(chaptersTrack([chapter])).toBe(
    'WEBVTT\n\n00:00:00.000 --> 01:02:05.500\n&lt;img src=x&gt; &amp; --&gt; &lt;v A&gt;\n',
  );
});
