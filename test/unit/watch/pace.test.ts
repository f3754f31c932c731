import { describe, expect, test } from 'vitest';
import { KdramaError } from '../../../src/shared/errors.js';
import { outcomeOf, retryAfterMs } from '../../../src/daemon/watch/outcome.js';
import { doOverlap, isWithin } from '../../../src/daemon/watch/overlap.js';
import { hintDelayMs, scanPauseMs } from '../../../src/daemon/watch/pace.js';

describe('a folder is looked through', () => {
  test('every minute with hints, every 15 s without, every 10 s while it is away', () => {
    expect(scanPauseMs({ tookMs: 5, isAway: false }, false)).toBe(60_000);
    expect(scanPauseMs({ tookMs: 5, isAway: false }, true)).toBe(15_000);
    expect(scanPauseMs({ tookMs: 5, isAway: true }, false)).toBe(10_000);
  });
  test('for at most a hundredth, or a twentieth, of the time', () => {
    expect(scanPauseMs({ tookMs: 2000, isAway: false }, false)).toBe(200_000);
    expect(scanPauseMs({ tookMs: 2000, isAway: false }, true)).toBe(40_000);
  });
  test('soon after a hint, but not all the time when hints do not end', () => {
    expect(hintDelayMs({ tookMs: 5 })).toBe(500);
    expect(hintDelayMs({ tookMs: 2000 })).toBe(20_000);
  });
});

describe('a file that could not be taken', () => {
  test('waits when it is another one by now', () => {
    for (const code of ['SOURCE_CHANGED', 'IMPORT_UNAVAILABLE'] as const) {
      expect(outcomeOf(new KdramaError(code), 5)).toEqual({
        state: 'waiting',
        error: null,
        retryAt: null,
      });
    }
  });
  test('is refused until it changes when it is no whole video', () => {
    const outcome = outcomeOf(new KdramaError('UPLOAD_INVALID_FORMAT', 'half'), 5);
    expect(outcome).toMatchObject({ state: 'refused', retryAt: null });
    expect(outcome.error?.message).toContain('half');
  });
  test('is tried again where the reason may pass', () => {
    const outcome = outcomeOf(new KdramaError('STORAGE_FULL'), 5);
    expect(outcome).toMatchObject({ state: 'refused', retryAt: 5 + retryAfterMs });
    expect(outcomeOf(new Error('bug'), 5).error?.code).toBe('INTERNAL');
  });
});

test('folders overlap when one is or lies in the other, not when names begin alike', () => {
  expect(doOverlap('/a', '/a/b')).toBe(true);
  expect(doOverlap('/a/b', '/a')).toBe(true);
  expect(doOverlap('/a', '/a')).toBe(true);
  expect(doOverlap('/a', '/ab')).toBe(false);
  expect(isWithin('/a/..b', '/a')).toBe(true);
  expect(isWithin('/a', '/')).toBe(true);
  expect(isWithin('/a', '/a/b')).toBe(false);
});
