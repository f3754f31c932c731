/** When a watched folder is looked through, in milliseconds. */

const hintedEveryMs = 60_000;
const pollEveryMs = 15_000;
const awayEveryMs = 10_000;
const hintPauseMs = 500;

export interface LastScan {
  readonly tookMs: number;
  readonly isAway: boolean;
}

/** Until the next whole look: looking takes at most one hundredth of the time, polling a twentieth. */
export function scanPauseMs({ tookMs, isAway }: LastScan, polls: boolean): number {
  if (isAway) return awayEveryMs;
  return polls ? Math.max(pollEveryMs, 20 * tookMs) : Math.max(hintedEveryMs, 100 * tookMs);
}

/** From a hint to the look that it asks for: hints come in swarms, and a copy hints all the time. */
export function hintDelayMs({ tookMs }: Pick<LastScan, 'tookMs'>): number {
  return Math.max(hintPauseMs, 10 * tookMs);
}
