import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { SessionView } from '../../../shared/contract/index.js';
import { KdramaError } from '../../../shared/errors.js';
import type { AppEnv, Viewer } from '../env.js';
import { deviceName } from './device-name.js';
import { cookieSeconds, type NewDevice, type Sessions } from './session.js';

/**
 * Makes the browser that asks a device of `whose` and gives it its cookie; whoever was signed in
 * there before is signed out. Returns the answer of POST /auth/session.
 */
export function signIn(
  c: Context<AppEnv>,
  sessions: Sessions,
  whose: Omit<NewDevice, 'name'>,
): SessionView {
  endSession(c, sessions);
  const { token, viewer } = sessions.issue({
    ...whose,
    name: deviceName(c.req.header('user-agent')),
  });
  setCookie(c, sessions.cookieName, token, { ...attributes(c), maxAge: cookieSeconds });
  return sessionView(viewer);
}

/** Forgets the device that asks and takes its cookie away. */
export function signOut(c: Context<AppEnv>, sessions: Sessions): void {
  endSession(c, sessions);
  deleteCookie(c, sessions.cookieName, attributes(c));
}

/** Throws AUTH_INVALID_TOKEN for nobody. */
export function sessionView(viewer: Viewer | null): SessionView {
  if (viewer === null) throw new KdramaError('AUTH_INVALID_TOKEN');
  const { id, username, role } = viewer;
  return { user: { id, username, role } };
}

function endSession(c: Context<AppEnv>, sessions: Sessions): void {
  const token = getCookie(c, sessions.cookieName);
  if (token !== undefined) sessions.end(token);
}

function attributes(c: Context<AppEnv>) {
  const secure = c.get('client').scheme === 'https';
  return { path: '/', httpOnly: true, sameSite: 'Strict', secure } as const;
}
