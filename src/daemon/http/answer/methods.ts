import type { Context, Hono } from 'hono';
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

/** HEAD goes wherever GET goes. Middleware is registered for ALL methods and is no route. */
function allowedMethods(app: Hono<AppEnv>, path: string): string[] {
  const routed = methods.filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  );
  if (routed.length === 0) return [];
  return [...routed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : method)), 'OPTIONS'];
}
