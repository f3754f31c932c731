/** Wall time for what is stored and shown, monotonic time for every timeout: a laptop sleeps. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds from some fixed point; never goes back. */
  monotonic(): number;
}

export const systemClock: Clock = { now: Date.now, monotonic: () => performance.now() };
