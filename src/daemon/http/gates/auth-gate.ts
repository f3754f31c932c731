import { createMiddleware } from 'hono/factory';
import { refusalOf, ruleOf } from '../auth/access.js';
import type { ReadViewer } from '../auth/credentials.js';
import type { AppEnv } from '../env.js';
import { matchedRoute } from '../matched-route.js';

/**
 * Lets a request through to the route it matched when its viewer may use that: 401
 * AUTH_INVALID_TOKEN, 403 AUTH_INSUFFICIENT_PERMISSIONS, or 404 for what is concealed. Paths
 * without a route pass: they get 404.
 */
export function authGate(readViewer: ReadViewer) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const route = matchedRoute(c);
    if (route !== undefined) {
      const viewer = await readViewer(c);
      c.set('viewer', viewer);
      const refusal = refusalOf(viewer, ruleOf(route.method, route.path));
      if (refusal !== undefined) throw refusal;
    }
    await next();
  });
}
