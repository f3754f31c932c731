import { describe, expect, test } from 'vitest';
import { choicesKey, resumeSeconds } from '../../../src/web/memory.js';

describe('where an episode goes on', () => {
  test('is where it was left', () => {
    expect(resumeSeconds({ seconds: 1200, duration: 3600 })).toBe(1200);
  });

  test('is the start, when only its first seconds or only its credits are behind or ahead', () => {
    expect(resumeSeconds({ seconds: 4, duration: 3600 })).toBe(0);
    expect(resumeSeconds({ seconds: 3500, duration: 3600 })).toBe(0);
  });
});

test('tracks are chosen for a whole series, and for one video where it has none', () => {
  const series = { id: 'a', series: 'Rain' };
  expect(choicesKey(series)).toBe(choicesKey({ id: 'b', series: 'Rain' }));
  expect(choicesKey({ id: 'a', series: '' })).not.toBe(choicesKey({ id: 'b', series: '' }));
});
