import { describe, expect, it } from 'vitest';
import { storyboardTrack } from '../../../src/daemon/streaming/storyboard-track.js';
import { chapterAt, chapterMarks } from '../../../src/web/controls/chapters.js';
import { readStoryboard, tileAt } from '../../../src/web/controls/storyboard.js';
import { toTicks } from '../../../src/shared/time.js';

const storyboard = {
  ...{ version: 'abc', tileWidth: 256, tileHeight: 144, columns: 5, rows: 5 },
  ...{ tileTicks: [0, 6.25, 4000].map(toTicks), sheetBytes: [1] },
};
const track = storyboardTrack(storyboard, toTicks(4100), (sheet) => `storyboard/abc/${sheet}.jpg`);
const tiles = readStoryboard(track, 'http://nas/api/v1/videos/v1/storyboard.vtt');

describe('the pictures of a seek bar', () => {
  it('are read from what the daemon writes', () => {
    const shape = { width: 256, height: 144 };
    const sheetUrl = 'http://nas/api/v1/videos/v1/storyboard/abc/0.jpg';
    expect(tiles).toEqual([
      { seconds: 0, sheetUrl, x: 0, y: 0, ...shape },
      { seconds: 6.25, sheetUrl, x: 256, y: 0, ...shape },
      { seconds: 4000, sheetUrl, x: 512, y: 0, ...shape },
    ]);
  });

  it.each([
    [0, 0],
    [6.2, 0],
    [6.25, 256],
    [3999, 256],
    [9999, 512],
  ])('of second %d begin at or before it', (seconds, x) => {
    expect(tileAt(tiles, seconds)?.x).toBe(x);
  });

  it('are none in what is no storyboard', () => {
    expect(readStoryboard('{"error":{}}', 'http://nas/')).toEqual([]);
    expect(tileAt([], 5)).toBeUndefined();
  });
});

describe('the chapters of a seek bar', () => {
  const chapters = [
    { start: 0, end: 10, title: 'A' },
    { start: 10, end: 20, title: 'B' },
    { start: 50, end: 100, title: 'C' },
  ];

  it.each([
    [0, 0],
    [9.9, 0],
    [10, 1],
    [30, -1],
    [99, 2],
    [100, -1],
  ])('at second %d: %d', (seconds, index) => {
    expect(chapterAt(chapters, seconds)).toBe(index);
  });

  it('are marked where they begin, but not at the beginning of all', () => {
    expect(chapterMarks(chapters, 100)).toEqual([0.1, 0.5]);
    expect(chapterMarks(chapters, Number.NaN)).toEqual([]);
  });
});
