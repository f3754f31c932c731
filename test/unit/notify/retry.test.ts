import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterAttempt, closed, slotsOf, type BreakerState } from '../../../src/daemon/breaker.js';
import {
  breakerPolicy,
  isSuccess,
  outcomeOf,
  pauseMs,
  retryAfterMs,
  retryPolicy,
  type Sent,
} from '../../../src/daemon/notify/retry.js';

const failed: Sent = { status: 500, error: 'HTTP 500', retryAfterMs: null };
const row = { attempts: 0, createdAt: 0 };
const dayMs = 24 * 60 * 60 * 1000;

describe('what follows an attempt', () => {
  test('2xx is success, 410 the end, everything else is tried again', () => {
    const stateOf = (status: number | null) => {
      const error = isSuccess(status) ? null : 'words';
      return outcomeOf(row, { status, error, retryAfterMs: null }, 1, 0.5).state;
    };
    expect([200, 201, 204, 299].map(stateOf)).toEqual(Array(4).fill('delivered'));
    expect(stateOf(410)).toBe('gone');
    expect([null, 301, 307, 400, 401, 404, 429, 500, 503].map(stateOf)).toEqual(
      Array(9).fill('waiting'),
    );
  });

  test('pauses grow to two hours and lie anywhere below that', () => {
    expect([1, 2, 3, 30].map((attempts) => pauseMs(attempts, 1, retryPolicy))).toEqual([
      10_000, 20_000, 40_000, 7_200_000,
    ]);
    expect(pauseMs(5, 0, retryPolicy)).toBe(0);
  });

  test('whatever the dice say, it is tried for 24 h and then given up', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (dice) => {
        let at = 0;
        let attempts = 0;
        for (;;) {
          const outcome = outcomeOf({ attempts, createdAt: 0 }, failed, at, dice.next().value, {
            ...retryPolicy,
            firstPauseMs: 60_000,
          });
          attempts += 1;
          if (outcome.state === 'failed') break;
          expect(outcome.nextAt).toBeLessThanOrEqual(dayMs);
          at = Math.max(at + 1000, outcome.nextAt ?? 0);
        }
        expect(at).toBeGreaterThanOrEqual(dayMs);
        expect(attempts).toBeGreaterThan(8);
      }),
      { numRuns: 50 },
    );
  });

  test('Retry-After makes the pause longer, never shorter, and not longer than its time', () => {
    const nextAt = (retryAfter: number) =>
      outcomeOf(row, { ...failed, retryAfterMs: retryAfter }, 0, 1).nextAt;
    expect([0, 60_000, 10 * dayMs].map(nextAt)).toEqual([10_000, 60_000, dayMs]);
    expect(retryAfterMs('120', 0)).toBe(120_000);
    expect(retryAfterMs('Thu, 01 Jan 1970 00:01:00 GMT', 0)).toBe(60_000);
    expect([undefined, 'soon', '-1'].map((text) => retryAfterMs(text, 5))).toEqual([
      null,
      null,
      null,
    ]);
    expect(retryAfterMs('Thu, 01 Jan 1970 00:01:00 GMT', 90_000)).toBe(0);
  });

  test('a daemon that was away for days tries once more before it gives up', () => {
    expect(outcomeOf(row, failed, 3 * dayMs, 1).state).toBe('failed');
    const sent = { status: 200, error: null, retryAfterMs: null };
    expect(outcomeOf(row, sent, 3 * dayMs, 1).state).toBe('delivered');
  });
});

describe('a breaker', () => {
  const after = (results: readonly boolean[], now = 0) =>
    results.reduce<BreakerState>(
      (state, isAnswering) => afterAttempt(state, isAnswering, now, breakerPolicy),
      closed,
    );
  const slots = (state: BreakerState, now: number) => slotsOf(state, now, 2, breakerPolicy);

  test('opens after five failures in a row, and one success closes it', () => {
    expect(slots(after([false, false, false, false]), 0)).toBe(2);
    const open = after(Array(5).fill(false) as boolean[]);
    expect(slots(open, 0)).toBe(0);
    expect(slots(after([false, false, false, false, true, false]), 0)).toBe(2);
  });

  test('lets one through when its pause is over, then waits twice as long', () => {
    const open = after(Array(5).fill(false) as boolean[]);
    expect(slots(open, 30_000)).toBe(1);
    const again = afterAttempt(open, false, 30_000, breakerPolicy);
    expect([slots(again, 89_999), slots(again, 90_000)]).toEqual([0, 1]);
    expect(afterAttempt(again, true, 90_000, breakerPolicy)).toBe(closed);
    const long = after(Array(60).fill(false) as boolean[]);
    expect(long.openUntil).toBe(breakerPolicy.longestPauseMs);
  });
});
