import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { KdramaError } from '../../../shared/errors.js';
import { accessOf } from '../auth/access.js';
import type { AppEnv, Viewer } from '../env.js';
import { addressKey } from '../limits/address-key.js';
import { windowSeconds, type Allowance } from '../limits/allowance.js';
import { rateClassOf } from '../limits/rate-class.js';
import type { Allowances, RateLimits } from '../limits/rate-limits.js';
import { matchedRoute } from '../matched-route.js';

/**
 * Counts requests without a valid credential by address: 429 RATE_LIMIT_EXCEEDED. The outermost
 * gate, so that what the gates inside refuse counts too. Nobody can lock out who has a credential:
 * that one is looked at first.
 */
export function limitStrangers(limits: RateLimits, key: (c: Context<AppEnv>) => string) {
  return createMiddleware<AppEnv>(async (c, next) => {
    if (!hasCredential(c)) await spend(c, limits.strangers, key(c));
    if (spendsSecret(c)) {
      refuse(limits.wrongCredentials, await limits.wrongCredentials.spent(key(c)));
    }
    await next();
    if (c.get('isCounted') !== true) await spend(c, limits.strangers, key(c));
    if (wasGuess(c)) {
      refuse(limits.wrongCredentials, await limits.wrongCredentials.take(key(c)));
    }
  });
}

/**
 * Counts requests with a valid credential by that, and those whose credential was not valid where
 * none is needed by address: 429 RATE_LIMIT_EXCEEDED. Behind the auth gate.
 */
export function limitViewers(limits: RateLimits, key: (c: Context<AppEnv>) => string) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const viewer = c.get('viewer');
    if (viewer !== null) await spend(c, limits.viewers, credentialKey(viewer));
    else if (c.get('isCounted') !== true) await spend(c, limits.strangers, key(c));
    await next();
  });
}

/** See addressKey. */
export function clientKey(): (c: Context<AppEnv>) => string {
  const salt = randomUUID();
  return (c) => addressKey(c.get('clientAddress'), salt);
}

/** Each API key is counted by itself, so that a script does not use up its owner's allowance. */
function credentialKey({ id, role, apiKey }: Viewer): string {
  return apiKey === undefined ? `${role} ${id}` : `key ${apiKey.id}`;
}

/** Counts a request once, as what its route is. */
async function spend(c: Context<AppEnv>, allowances: Allowances, key: string): Promise<void> {
  c.set('isCounted', true);
  const rateClass = rateClassOf(matchedRoute(c)?.path);
  if (rateClass === 'uncounted') return;
  refuse(allowances[rateClass], await allowances[rateClass].take(key));
}

function refuse(allowance: Allowance, retryAfterSeconds: number | undefined): void {
  if (retryAfterSeconds !== undefined) throw exceeded(allowance, retryAfterSeconds);
}

function exceeded({ perMinute }: Allowance, retryAfterSeconds: number): KdramaError {
  return new KdramaError('RATE_LIMIT_EXCEEDED', undefined, {
    details: { retryAfterSeconds, limit: perMinute, windowSeconds },
  });
}

function hasCredential(c: Context<AppEnv>): boolean {
  return c.req.header('authorization') !== undefined || c.req.header('cookie') !== undefined;
}

/** Signing in and pairing: an open POST takes its secret from the body. */
function spendsSecret(c: Context<AppEnv>): boolean {
  const route = matchedRoute(c);
  if (route?.method !== 'POST' || c.req.header('authorization') !== undefined) return false;
  if (isAboutOthers(c)) return false;
  return accessOf(route.method, route.path) === 'open';
}

/**
 * A cookie that has run out is no guess: a page that sends it asks for every poster with it, and
 * must be able to sign in afterwards.
 */
function wasGuess(c: Context<AppEnv>): boolean {
  if (c.res.status !== 401 || isAboutOthers(c)) return false;
  return c.req.header('authorization') !== undefined || spendsSecret(c);
}

/** A proxy asks about the credentials of all its clients; their mistakes are not its guesses. */
function isAboutOthers(c: Context<AppEnv>): boolean {
  return matchedRoute(c)?.path === '/auth/validate';
}
