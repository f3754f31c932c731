import type { Clock } from './clock.js';

export interface IdleExitParts {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Minutes without anything to do. */
  readonly afterMinutes: number;
  /** Over HTTP since the start: one more is somebody's request, or an event that somebody waits for. */
  readonly bytesMoved: () => number;
  /** Whether there is something to do that nobody has to ask for. */
  readonly isBusy: () => boolean;
  readonly onIdle: () => void;
}

const longestPauseMs = 60_000;

/** Ends a daemon that nobody uses: nothing to do, and not a byte over HTTP, for so many minutes. */
export class IdleExit {
  #bytes: number;
  #idleSince: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: IdleExitParts) {
    this.#bytes = parts.bytesMoved();
    this.#idleSince = parts.clock.monotonic();
  }

  start(): void {
    const afterMs = this.parts.afterMinutes * 60_000;
    this.#timer = setInterval(() => this.look(), Math.min(longestPauseMs, afterMs / 4)).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  look(): void {
    const { clock, afterMinutes, bytesMoved, isBusy, onIdle } = this.parts;
    const [now, bytes] = [clock.monotonic(), bytesMoved()];
    if (bytes !== this.#bytes || isBusy()) {
      this.#bytes = bytes;
      this.#idleSince = now;
    } else if (now - this.#idleSince >= afterMinutes * 60_000) {
      this.stop();
      onIdle();
    }
  }
}
