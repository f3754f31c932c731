import { allowance, type Allowance } from './allowance.js';

/** What a request counts as: `bytes` carry media, in either direction, and are many by nature. */
export type RateClass = 'ordinary' | 'bytes';

export type Allowances = Readonly<Record<RateClass, Allowance>>;

/** Every allowance of this daemon. See docs/decisions/0009-rate-limits.md. */
export interface RateLimits {
  /** By credential. */
  readonly viewers: Allowances;
  /** By address, for requests without a credential that is valid. */
  readonly strangers: Allowances;
  /** By address: credentials that turned out to be wrong. */
  readonly wrongCredentials: Allowance;
}

/** A segment or a chunk is one request for seconds of video: a home never asks for so many. */
const bytesFactor = 10;
/** Of the ordinary allowance: guesses at credentials. */
const wrongCredentialShare = 1 / 100;
const fewestGuesses = 10;

export function rateLimits(requestsPerMinute: number): RateLimits {
  const both = () => ({
    ordinary: allowance(requestsPerMinute),
    bytes: allowance(requestsPerMinute * bytesFactor),
  });
  const guesses = Math.max(fewestGuesses, Math.round(requestsPerMinute * wrongCredentialShare));
  return { viewers: both(), strangers: both(), wrongCredentials: allowance(guesses) };
}
