import type { WatchClock } from '../../src/daemon/watch/context.js';

interface Sleeper {
  readonly atMs: number;
  wake(): void;
}

export interface ManualClock extends WatchClock {
  /** Lets so much time pass; whoever sleeps until then goes on, and has gone to sleep again. */
  pass(milliseconds: number): Promise<void>;
}

/** A clock that stands still until a test lets time pass. One sleeper at a time. */
export function manualClock(): ManualClock {
  let nowMs = 0;
  let sleeper: Sleeper | undefined;
  let onSleep: () => void = () => undefined;
  const asleep = () =>
    sleeper === undefined ? new Promise<void>((resolve) => (onSleep = resolve)) : undefined;
  return {
    now: () => 1_800_000_000_000 + nowMs,
    monotonic: () => nowMs,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const end = (settle: () => void) => () => {
          sleeper = undefined;
          settle();
        };
        if (signal.aborted) return reject(signal.reason as Error);
        signal.addEventListener(
          'abort',
          end(() => reject(signal.reason as Error)),
        );
        sleeper = { atMs: nowMs + milliseconds, wake: end(resolve) };
        onSleep();
      }),
    async pass(milliseconds) {
      const untilMs = nowMs + milliseconds;
      await asleep();
      while (sleeper !== undefined && sleeper.atMs <= untilMs) {
        nowMs = Math.max(nowMs, sleeper.atMs);
        sleeper.wake();
        await asleep();
      }
      nowMs = untilMs;
    },
  };
}
