import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Accounts } from '../../accounts/accounts.js';
import type { AppEnv, Viewer } from '../env.js';
import { isOwnPage } from '../gates/origin-gate.js';
import type { LocalToken } from './local-token.js';
import type { Sessions } from './session.js';

export interface CredentialParts {
  readonly token: LocalToken;
  readonly sessions: Sessions;
  readonly accounts: Pick<Accounts, 'signIns' | 'apiKeys'>;
  /** `open`: programs on this machine need no token. */
  readonly localAuth: 'token' | 'open';
  /** Whoever is at home may watch. */
  readonly openViewing: boolean;
}

/** Who asks; null for nobody that is known. */
export type ReadViewer = (c: Context<AppEnv>) => Promise<Viewer | null>;

const localAdmin: Viewer = { id: 'local', username: 'local', role: 'admin' };

/** By token, API key, sign-in or cookie. A wrong bearer token is not made good by anything else. */
export function credentialReader(parts: CredentialParts): ReadViewer {
  return async (c) => {
    const authorization = c.req.header('authorization');
    if (authorization !== undefined) {
      const given = bearerOf(authorization);
      return given === undefined ? null : readBearer(parts, given);
    }
    const cookie = getCookie(c, parts.sessions.cookieName);
    const ofCookie = cookie === undefined ? null : parts.sessions.read(cookie);
    if (ofCookie !== null) return ofCookie;
    if (parts.localAuth === 'open' && isOwnProgram(c)) return localAdmin;
    return parts.openViewing && c.get('client').isAtHome ? guestAt(c.get('clientAddress')) : null;
  };
}

/** Nobody in particular; told apart by address, so that limits bind each on its own. */
function guestAt(address: string): Viewer {
  return { id: `guest:${address}`, username: 'guest', role: 'user' };
}

/** The token of `Authorization: Bearer TOKEN`. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
}

/** What a token looks like tells what it is: a key says so, a JSON Web Token has three parts. */
async function readBearer(parts: CredentialParts, given: string): Promise<Viewer | null> {
  const { signIns, apiKeys } = parts.accounts;
  if (given.startsWith('kd_')) return apiKeys.read(given);
  if (given.split('.').length === 3) return signIns.read(given);
  return parts.token.matches(given) ? localAdmin : null;
}

/** Of this machine, and no page of somebody else's that a browser here has open. */
function isOwnProgram(c: Context<AppEnv>): boolean {
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  const { host, scheme, isOnThisMachine } = c.get('client');
  return isOnThisMachine && isOwnPage({ site, origin, host, scheme });
}
