import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export const windowSeconds = 60;

/** What each key may ask in a minute. */
export interface Allowance {
  readonly perMinute: number;
  /** Spends one; answers the seconds to wait when nothing is left, else undefined. */
  take(key: string): Promise<number | undefined>;
  /** The same without spending. */
  spent(key: string): Promise<number | undefined>;
}

/** Counted in memory, in windows of a minute; a key is forgotten when its window ends. */
export function allowance(perMinute: number): Allowance {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: windowSeconds });
  return {
    perMinute,
    async take(key) {
      try {
        await limiter.consume(key);
        return undefined;
      } catch (error) {
        if (error instanceof RateLimiterRes) return secondsOf(error);
        throw error;
      }
    },
    async spent(key) {
      const used = await limiter.get(key);
      return used !== null && used.consumedPoints >= perMinute ? secondsOf(used) : undefined;
    },
  };
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000));
}
