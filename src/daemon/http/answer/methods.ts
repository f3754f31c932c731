import type { Context, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { KdramaError } from '../../../shared/errors.js';
import type { AppEnv } from '../env.js';
import { errorResponse } from './error-response.js';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/**
 * The answer where no handler took the request: 204 with `Allow` to OPTIONS, 405 with `Allow` where
 * the path exists, 404 where it does not.
 */
export function answerUnrouted(app: Hono<AppEnv>, c: Context<AppEnv>): Response {
  const allow = allowedMethods(app, c.req.path);
  if (allow.length === 0) return errorResponse(c, new KdramaError('NOT_FOUND', c.req.path));
  if (c.req.method === 'OPTIONS') {
    c.header('Allow', allow.join(', '));
    return c.body(null, 204);
  }
  const detail = `expected ${allow.join(', ')}, got ${c.req.method}`;
  return errorResponse(c, new KdramaError('METHOD_NOT_ALLOWED', detail, { details: { allow } }));
}

/**
 * Refuses what a path without parameters does not take, as 405: `GET /upload/start` would else ask
 * for the upload "start".
 */
export function demandMethod(app: Hono<AppEnv>) {
  return createMiddleware<AppEnv>((c, next) => {
    const literal = literalMethods(app, c.req.path);
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
    if (literal === undefined || literal.has(method)) return next();
    return Promise.resolve(answerUnrouted(app, c));
  });
}

/** HEAD goes wherever GET goes. Middleware is registered for ALL methods and is no route. */
function allowedMethods(app: Hono<AppEnv>, path: string): string[] {
  const literal = literalMethods(app, path);
  const routed = methods.filter(
    (method) =>
      literal?.has(method) ??
      app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  );
  if (routed.length === 0) return [];
  return [...routed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : method)), 'OPTIONS'];
}

const literals = new WeakMap<Hono<AppEnv>, Map<string, Set<string>>>();

/** The methods of a path that was registered exactly so; the routes of an app are complete when it answers. */
function literalMethods(app: Hono<AppEnv>, path: string): ReadonlySet<string> | undefined {
  const known = literals.get(app) ?? new Map<string, Set<string>>();
  if (!literals.has(app)) {
    literals.set(app, known);
    for (const route of app.routes) {
      if (route.method === 'ALL' || /[:*]/.test(route.path)) continue;
      known.set(route.path, (known.get(route.path) ?? new Set()).add(route.method));
    }
  }
  return known.get(path);
}
