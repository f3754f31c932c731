import type { Clock } from '../../clock.js';

const windowMs = 60_000;
const perAddress = 10;
const perDaemon = 30;

export type WrongTries = ReturnType<typeof createWrongTries>;

/**
 * Slows guessing: so many wrong tries a minute from one address, and from all together, since who
 * guesses may have many addresses. Never remembers more than the latter.
 */
export function createWrongTries(clock: Pick<Clock, 'monotonic'>) {
  let tries: { readonly at: number; readonly address: string }[] = [];
  return {
    add: (address: string): void => void tries.push({ at: clock.monotonic(), address }),
    /** Seconds until this address may try again; 0: it may now. */
    waitSeconds(address: string): number {
      const now = clock.monotonic();
      tries = tries.filter(({ at }) => now - at < windowMs);
      const own = tries.filter((each) => each.address === address);
      const oldest = own.length >= perAddress ? own : tries.length >= perDaemon ? tries : [];
      return oldest[0] === undefined ? 0 : Math.ceil((oldest[0].at + windowMs - now) / 1000);
    },
  };
}
