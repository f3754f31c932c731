import { KdramaError } from '../../../shared/errors.js';
import { newId } from '../../../shared/ids.js';
import type { Role } from '../../../shared/states.js';
import type { Clock } from '../../clock.js';

export const codeSeconds = 10 * 60;
const wrongTriesPerMinute = 10;

export type SignInCodes = ReturnType<typeof createSignInCodes>;

/** One-time codes that sign a browser in; in memory only, so a restart forgets them. */
export function createSignInCodes(clock: Clock) {
  const codes = new Map<string, { role: Role; expiresAt: number }>();
  let wrongTries: number[] = [];
  const forgetExpired = () => {
    for (const [code, { expiresAt }] of codes) if (expiresAt <= clock.now()) codes.delete(code);
  };
  return {
    /** 70 random bits, good for ten minutes. */
    create(role: Role): { code: string; expiresAt: number } {
      forgetExpired();
      const code = newId();
      const expiresAt = clock.now() + codeSeconds * 1000;
      codes.set(code, { role, expiresAt });
      return { code, expiresAt };
    },
    /** The role it was made for; works once. Throws AUTH_INVALID_TOKEN, RATE_LIMIT_EXCEEDED. */
    spend(code: string): Role {
      forgetExpired();
      wrongTries = wrongTries.filter((at) => clock.monotonic() - at < 60_000);
      if (wrongTries.length >= wrongTriesPerMinute) throw tooManyTries();
      const found = codes.get(code);
      if (found === undefined) {
        wrongTries.push(clock.monotonic());
        throw new KdramaError('AUTH_INVALID_TOKEN', 'this code was used, has expired or is wrong', {
          hint: 'Get a new address: "kdrama serve" prints one.',
        });
      }
      codes.delete(code);
      return found.role;
    },
  };
}

function tooManyTries(): KdramaError {
  return new KdramaError('RATE_LIMIT_EXCEEDED', undefined, { details: { retryAfterSeconds: 60 } });
}
