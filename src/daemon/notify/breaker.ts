/** What is known of a host that webhooks go to. */
export interface BreakerState {
  /** In a row. */
  readonly failures: number;
  /** Monotonic milliseconds; nothing is sent before. */
  readonly openUntil: number;
}

export interface BreakerPolicy {
  /** So many failures in a row open it. */
  readonly threshold: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const breakerPolicy: BreakerPolicy = {
  threshold: 5,
  firstPauseMs: 30_000,
  longestPauseMs: 10 * 60 * 1000,
};

export const closed: BreakerState = { failures: 0, openUntil: 0 };

/** After the pause one attempt is let through; if it fails too, the next pause is twice as long. */
export function afterAttempt(
  state: BreakerState,
  isAnswering: boolean,
  now: number,
  policy: BreakerPolicy,
): BreakerState {
  if (isAnswering) return closed;
  const failures = state.failures + 1;
  const over = failures - policy.threshold;
  if (over < 0) return { failures, openUntil: 0 };
  const pause = Math.min(policy.longestPauseMs, policy.firstPauseMs * 2 ** over);
  return { failures, openUntil: now + pause };
}

/** How many attempts to the host may be under way: none while it is open, one on trial. */
export function slotsOf(
  state: BreakerState,
  now: number,
  perHost: number,
  policy: BreakerPolicy,
): number {
  if (now < state.openUntil) return 0;
  return state.failures >= policy.threshold ? 1 : perHost;
}
