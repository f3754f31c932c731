/** What is known of something that may fail for a while: a host that webhooks go to, an encoder. */
export interface BreakerState {
  /** In a row. */
  readonly failures: number;
  /** Monotonic milliseconds; it is left alone until then. */
  readonly openUntil: number;
}

export interface BreakerPolicy {
  /** So many failures in a row open it. */
  readonly threshold: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const closed: BreakerState = { failures: 0, openUntil: 0 };

/** After the pause one attempt is let through; if it fails too, the next pause is twice as long. */
export function afterAttempt(
  state: BreakerState,
  isWell: boolean,
  now: number,
  policy: BreakerPolicy,
): BreakerState {
  if (isWell) return closed;
  const failures = state.failures + 1;
  const over = failures - policy.threshold;
  if (over < 0) return { failures, openUntil: 0 };
  const pause = Math.min(policy.longestPauseMs, policy.firstPauseMs * 2 ** over);
  return { failures, openUntil: now + pause };
}

/** How many attempts may be under way: none while it is open, one on trial. */
export function slotsOf(
  state: BreakerState,
  now: number,
  most: number,
  policy: BreakerPolicy,
): number {
  if (now < state.openUntil) return 0;
  return state.failures >= policy.threshold ? 1 : most;
}
