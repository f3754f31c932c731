import { relative, sep } from 'node:path';
import type { Context } from 'hono';
import type { AppEnv } from '../env.js';
import type { Representation } from './representation.js';

export interface AccelParts {
  /** Of the proxy, with slashes at both ends; undefined: the daemon sends all bytes itself. */
  readonly location: string | undefined;
  /** What lies there. */
  readonly directory: string;
}

/**
 * Leaves the bytes of a file to nginx: it sends what lies at `X-Accel-Redirect` in place of this answer,
 * with its own ETag, and does ranges and conditions itself. undefined where nobody in between would, and
 * the daemon has to.
 */
export function accelRedirect(
  c: Context<AppEnv>,
  { location, directory }: AccelParts,
  { path, contentType, cacheControl }: Representation & { readonly path: string },
): Response | undefined {
  if (location === undefined || !c.get('isThroughTrustedProxy')) return undefined;
  const file = relative(directory, path).split(sep).map(encodeURIComponent).join('/');
  c.header('X-Accel-Redirect', `${location}${file}`);
  c.header('Content-Type', contentType);
  c.header('Cache-Control', cacheControl);
  return c.body(null);
}
