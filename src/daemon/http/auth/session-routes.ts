import { Hono, type Context } from 'hono';
import type { SignInCode } from '../../../shared/contract/index.js';
import {
  createCode,
  createSession,
  currentSession,
  endSession,
} from '../../../shared/contract/operations/sessions.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import type { NewDevice, Sessions } from './session.js';
import { sessionView, signIn, signOut } from './session-cookie.js';
import type { SignInAddress } from './sign-in-address.js';
import type { SignInCodes } from './sign-in-codes.js';

export interface NameAndPassword {
  readonly username: string;
  readonly password: string;
}

export interface SessionRouteParts {
  readonly sessions: Sessions;
  readonly codes: SignInCodes;
  readonly signInAddress: SignInAddress;
  /** Whose they are. Throws AUTH_INVALID_TOKEN, RATE_LIMIT_EXCEEDED. */
  readonly checkPassword: (
    c: Context<AppEnv>,
    given: NameAndPassword,
  ) => Promise<Omit<NewDevice, 'name'>>;
}

/** Signing browsers in and out: with a one-time code that an admin made, or name and password. */
export function sessionRoutes(parts: SessionRouteParts): Hono<AppEnv> {
  const { sessions, codes, signInAddress, checkPassword } = parts;
  const app = new Hono<AppEnv>();
  endpoint(app, createCode, (c, { body }) => c.json(signInAddress(body.role) satisfies SignInCode));
  endpoint(app, createSession, async (c, { body }) => {
    const whose =
      'code' in body
        ? { role: codes.spend(body.code, c.get('clientAddress')), userId: null }
        : await checkPassword(c, body);
    return c.json(signIn(c, sessions, whose));
  });
  endpoint(app, currentSession, (c) => c.json(sessionView(c.get('viewer'))));
  endpoint(app, endSession, (c) => {
    signOut(c, sessions);
    return c.body(null, 204);
  });
  return app;
}
