import { describe, expect, test } from 'vitest';
import { formatLength, formatTime } from '../../../src/web/format-time.js';

describe('the time of the player', () => {
  test.each([
    [0, '0:00'],
    [7.9, '0:07'],
    [754, '12:34'],
    [3723, '1:02:03'],
    [Number.NaN, '0:00'],
    [Number.POSITIVE_INFINITY, '0:00'],
    [-1, '0:00'],
  ])('%s seconds read %s', (seconds, text) => {
    expect(formatTime(seconds)).toBe(text);
  });
});

describe('the length on a card', () => {
  test.each([
    [0.2, '1 s'],
    [30, '30 s'],
    [2700, '45 min'],
    [3599, '1 h'],
    [3900, '1 h 5 min'],
  ])('%s seconds are %s', (seconds, text) => {
    expect(formatLength(seconds)).toBe(text);
  });
});
