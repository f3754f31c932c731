import { expect, test } from 'vitest';
import { bufferedUntil } from '../../../src/web/controls/buffered.js';

test('what is loaded counts only from where the video is', () => {
  const pieces = [
    [0, 10],
    [20, 30],
  ] as const;
  const ranges = {
    length: pieces.length,
    start: (index: number) => pieces[index]?.[0] ?? 0,
    end: (index: number) => pieces[index]?.[1] ?? 0,
  };
  expect(bufferedUntil(ranges, 5)).toBe(10);
  expect(bufferedUntil(ranges, 25)).toBe(30);
  expect(bufferedUntil(ranges, 15)).toBe(15);
});
