import { Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { sessionRequest, signInRequest, type SessionView } from '../../../shared/contract/index.js';
import { KdramaError } from '../../../shared/errors.js';
import type { AppEnv, Viewer } from '../env.js';
import { readJson } from '../request/json-body.js';
import { parseInput } from '../request/parse-input.js';
import { sessionSeconds, type Sessions } from './session.js';
import type { SignInAddress } from './sign-in-address.js';
import type { SignInCodes } from './sign-in-codes.js';

export interface AuthParts {
  readonly sessions: Sessions;
  readonly codes: SignInCodes;
  readonly signInAddress: SignInAddress;
}

/** Signing browsers in: an admin makes a one-time code, the page spends it for a cookie. */
export function authRoutes({ sessions, codes, signInAddress }: AuthParts): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .post('/auth/codes', async (c) => {
      const hasBody = c.req.header('content-type') !== undefined;
      const { role } = hasBody ? await readJson(c, signInRequest) : parseInput(signInRequest, {});
      return c.json(signInAddress(role));
    })
    .post('/auth/session', async (c) => {
      const { code } = await readJson(c, sessionRequest);
      const { cookie, viewer } = sessions.issue(codes.spend(code));
      setCookie(c, sessions.cookieName, cookie, {
        path: '/',
        httpOnly: true,
        sameSite: 'Strict',
        maxAge: sessionSeconds,
      });
      return c.json(sessionView(viewer));
    })
    .get('/auth/session', (c) => {
      const viewer = c.get('viewer');
      if (viewer === null) throw new KdramaError('AUTH_INVALID_TOKEN');
      return c.json(sessionView(viewer));
    })
    .delete('/auth/session', (c) => {
      deleteCookie(c, sessions.cookieName, { path: '/' });
      return c.body(null, 204);
    });
}

function sessionView({ id, username, role }: Viewer): SessionView {
  return { user: { id, username, role } };
}
