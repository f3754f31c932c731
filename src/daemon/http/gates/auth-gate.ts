import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import { getCookie } from 'hono/cookie';
import type { Context } from 'hono';
import { KdramaError } from '../../../shared/errors.js';
import { accessOf, mayUse } from '../auth/access.js';
import type { AppEnv, Viewer } from '../env.js';
import type { LocalToken } from '../auth/local-token.js';
import type { Sessions } from '../auth/session.js';

const localAdmin: Viewer = { id: 'local', username: 'local', role: 'admin' };

/**
 * Lets a request through to the route it matched when its role may use that: 401
 * AUTH_INVALID_TOKEN, 403 AUTH_INSUFFICIENT_PERMISSIONS. Paths without a route pass: they get 404.
 */
export function authGate(token: LocalToken, sessions: Sessions) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const route = matchedRoutes(c).findLast(({ method }) => method !== 'ALL');
    if (route !== undefined) {
      const access = accessOf(route.method, route.path);
      const viewer = viewerOf(c, token, sessions);
      c.set('viewer', viewer);
      if (access !== 'open') demand(viewer, access);
    }
    await next();
  });
}

function demand(viewer: Viewer | null, access: Exclude<ReturnType<typeof accessOf>, 'open'>): void {
  if (viewer === null) throw new KdramaError('AUTH_INVALID_TOKEN');
  if (mayUse(viewer.role, access)) return;
  throw new KdramaError('AUTH_INSUFFICIENT_PERMISSIONS', `expected ${access}, got ${viewer.role}`);
}

/** A wrong bearer token is not made good by a cookie. */
function viewerOf(c: Context<AppEnv>, token: LocalToken, sessions: Sessions): Viewer | null {
  const authorization = c.req.header('authorization');
  if (authorization !== undefined) {
    const given = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    return given !== undefined && token.matches(given) ? localAdmin : null;
  }
  const cookie = getCookie(c, sessions.cookieName);
  return cookie === undefined ? null : sessions.read(cookie);
}
