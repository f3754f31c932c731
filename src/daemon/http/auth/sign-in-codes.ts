import { KdramaError } from '../../../shared/errors.js';
import type { Role } from '../../../shared/states.js';
import type { Clock } from '../../clock.js';
import { newCode, readCode } from './code-text.js';
import { createWrongTries } from './wrong-tries.js';

export const codeSeconds = 10 * 60;
/** A wrong try tells nothing of the code that was meant: it counts against each that is out. */
const triesPerCode = 5;
/** More than a household pairs at a time; each one more makes guessing easier. */
const codesAtMost = 20;

interface Code {
  readonly role: Role;
  readonly expiresAt: number;
  wrongTries: number;
  isSpent: boolean;
}

export type SignInCodes = ReturnType<typeof createSignInCodes>;

/**
 * One-time codes that sign a browser in; in memory only, so a restart forgets them. They are short
 * enough to be typed on a television because guessing ends after five tries: a chance of one in ten
 * billion, with all codes out.
 */
export function createSignInCodes(clock: Clock) {
  const codes = new Map<string, Code>();
  const wrongTries = createWrongTries(clock);
  const forgetExpired = () => {
    for (const [text, { expiresAt }] of codes) if (expiresAt <= clock.now()) codes.delete(text);
  };
  const countGuess = (address: string): void => {
    wrongTries.add(address);
    for (const code of codes.values()) code.wrongTries += 1;
  };
  return {
    /** Good for ten minutes, five wrong tries and one right one. */
    create(role: Role): { code: string; expiresAt: number } {
      forgetExpired();
      const [oldest] = codes.keys();
      if (oldest !== undefined && codes.size >= codesAtMost) codes.delete(oldest);
      const code = newCode();
      const expiresAt = clock.now() + codeSeconds * 1000;
      codes.set(code, { role, expiresAt, wrongTries: 0, isSpent: false });
      return { code, expiresAt };
    },
    /**
     * The role it was made for. `address`: who tries. Throws AUTH_INVALID_CODE,
     * RATE_LIMIT_EXCEEDED.
     */
    spend(typed: string, address: string): Role {
      const retryAfterSeconds = wrongTries.waitSeconds(address);
      if (retryAfterSeconds > 0) throw tooManyTries(retryAfterSeconds);
      forgetExpired();
      const code = codes.get(readCode(typed));
      // A page that is opened again brings the code that it spent: no guess.
      if (code === undefined) countGuess(address);
      if (code === undefined || code.isSpent || code.wrongTries >= triesPerCode) {
        throw new KdramaError('AUTH_INVALID_CODE');
      }
      code.isSpent = true;
      return code.role;
    },
  };
}

function tooManyTries(retryAfterSeconds: number): KdramaError {
  return new KdramaError('RATE_LIMIT_EXCEEDED', undefined, { details: { retryAfterSeconds } });
}
