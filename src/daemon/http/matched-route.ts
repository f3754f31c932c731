import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { AppEnv } from './env.js';

export interface MatchedRoute {
  /** GET for HEAD too. */
  readonly method: string;
  /** The pattern without the API's prefix, like `/jobs/:id`. */
  readonly path: string;
}

/** The route that will answer, known before it does; undefined where there is none. */
export function matchedRoute(c: Context<AppEnv>): MatchedRoute | undefined {
  const route = matchedRoutes(c).findLast(({ method }) => method !== 'ALL');
  return route && { method: route.method, path: withoutPrefix(route.path) };
}

function withoutPrefix(path: string): string {
  return path.replace(/^\/api(\/v1)?(?=\/)/, '');
}
