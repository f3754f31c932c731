import { randomUUID } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { KdramaError } from '../../../shared/errors.js';
import { addressKey } from './address-key.js';

const windowSeconds = 10 * 60;
const perAccount = 10;
const perAddress = 30;

export type PasswordAttempts = ReturnType<typeof createPasswordAttempts>;

/**
 * Slows guessing at passwords, by the account that is tried and by the address that tries. Names
 * and addresses fall into a bounded number of buckets, so memory is bounded too.
 */
export function createPasswordAttempts() {
  const salt = randomUUID();
  const accounts = new RateLimiterMemory({ points: perAccount, duration: windowSeconds });
  const addresses = new RateLimiterMemory({ points: perAddress, duration: windowSeconds });
  return {
    /**
     * What `check` answers, for a password of that account. An attempt counts before it is checked,
     * or many at once would all pass, and only wrong ones stay counted. Throws RATE_LIMIT_EXCEEDED
     * and what `check` throws.
     */
    async attempt<T>(
      { username, address }: { readonly username: string; readonly address: string },
      check: () => Promise<T>,
    ): Promise<T> {
      const account = addressKey(`account ${username.normalize('NFKC').toLowerCase()}`, salt);
      const from = addressKey(address, salt);
      await take(addresses, from);
      await take(accounts, account);
      try {
        const checked = await check();
        await accounts.delete(account);
        await addresses.reward(from);
        return checked;
      } catch (error) {
        if (!isWrong(error)) await Promise.all([addresses.reward(from), accounts.reward(account)]);
        throw error;
      }
    },
  };
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new KdramaError('RATE_LIMIT_EXCEEDED', 'too many wrong passwords', {
      details: { retryAfterSeconds },
    });
  }
}

function isWrong(error: unknown): boolean {
  return error instanceof KdramaError && error.code === 'AUTH_INVALID_CREDENTIALS';
}
