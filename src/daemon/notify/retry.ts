import type { BreakerPolicy } from '../breaker.js';
import type { AttemptOutcome } from '../store/deliveries.js';

/** What came back of one attempt. */
export interface Sent {
  /** null: there was no answer. */
  readonly status: number | null;
  /** Why it did not arrive, in words; null when it did. */
  readonly error: string | null;
  /** What the target asked for in `Retry-After`. */
  readonly retryAfterMs: number | null;
}

export interface RetryPolicy {
  /** The longest pause before the second attempt; it doubles with each. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** After this a webhook is given up. */
  readonly giveUpMs: number;
}

const hourMs = 60 * 60 * 1000;
export const retryPolicy: RetryPolicy = {
  firstPauseMs: 10_000,
  longestPauseMs: 2 * hourMs,
  giveUpMs: 24 * hourMs,
};

/**
 * Exponential backoff with full jitter: targets that failed together do not come back together.
 * `random` is between 0 and 1; `attempts` counts those that were made.
 */
export function pauseMs(attempts: number, random: number, policy: RetryPolicy): number {
  const { firstPauseMs, longestPauseMs } = policy;
  const ceiling = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, attempts - 1));
  return Math.round(ceiling * random);
}

/**
 * What an attempt makes of a webhook. The last one is made when 24 h are over, however long the
 * daemon was away: each webhook was tried at least once before it is given up.
 */
export function outcomeOf(
  row: { readonly attempts: number; readonly createdAt: number },
  sent: Sent,
  at: number,
  random: number,
  policy: RetryPolicy = retryPolicy,
): AttemptOutcome {
  const { status, error } = sent;
  const end = { at, status, error, nextAt: null };
  if (error === null) return { ...end, state: 'delivered' };
  if (status === 410) return { ...end, state: 'gone' };
  const deadline = row.createdAt + policy.giveUpMs;
  if (at >= deadline) return { ...end, state: 'failed' };
  const pause = Math.max(pauseMs(row.attempts + 1, random, policy), sent.retryAfterMs ?? 0);
  return { ...end, state: 'waiting', nextAt: Math.min(at + pause, deadline) };
}

export function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status <= 299;
}

/** Seconds or a date (RFC 9110 §10.2.3), in milliseconds from now; null for neither. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = header.endsWith('GMT') ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** When a host is left alone. */
export const breakerPolicy: BreakerPolicy = {
  threshold: 5,
  firstPauseMs: 30_000,
  longestPauseMs: 10 * 60 * 1000,
};
