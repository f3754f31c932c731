import { afterAttempt, closed, type BreakerPolicy, type BreakerState } from '../../breaker.js';
import type { Clock } from '../../clock.js';

/** When an encoder, or what decodes beside it, is left alone. */
export const encoderPolicy: BreakerPolicy = {
  threshold: 3,
  firstPauseMs: 60_000,
  longestPauseMs: 60 * 60 * 1000,
};

/** Which parts of the hardware rest, in this process. */
export class Rests {
  readonly #states = new Map<string, BreakerState>();
  readonly #reasons = new Map<string, string>();

  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    private readonly policy: BreakerPolicy = encoderPolicy,
  ) {}

  isResting(part: string): boolean {
    return this.clock.monotonic() < this.#stateOf(part).openUntil;
  }

  /** How often a part has failed in a row. */
  failures(part: string): number {
    return this.#stateOf(part).failures;
  }

  /** Why it failed the last time; '' when it never has. */
  lastReason(part: string): string {
    return this.#reasons.get(part) ?? '';
  }

  worked(part: string): void {
    this.#record(part, true);
  }

  failed(part: string, reason: string): void {
    this.#reasons.set(part, reason);
    this.#record(part, false);
  }

  #record(part: string, isWell: boolean): void {
    const now = this.clock.monotonic();
    this.#states.set(part, afterAttempt(this.#stateOf(part), isWell, now, this.policy));
  }

  #stateOf(part: string): BreakerState {
    return this.#states.get(part) ?? closed;
  }
}
