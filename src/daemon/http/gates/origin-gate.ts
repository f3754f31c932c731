import { createMiddleware } from 'hono/factory';
import { KdramaError } from '../../../shared/errors.js';
import type { AppEnv } from '../env.js';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses (403 ORIGIN_NOT_ALLOWED) what another web page sends to change something. Programs send
 * neither header; browsers always send `Origin` with such requests, newer ones `Sec-Fetch-Site` too.
 */
export const originGate = createMiddleware<AppEnv>(async (c, next) => {
  if (!harmless.has(c.req.method)) {
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    if (!isOwnPage({ site, origin, host: c.req.header('host') })) {
      throw new KdramaError(
        'ORIGIN_NOT_ALLOWED',
        `got Origin ${origin ?? '-'}, site ${site ?? '-'}`,
      );
    }
  }
  await next();
});

/** Whether a browser's headers, where there are any, say that our own page sent this. */
export function isOwnPage(request: {
  site: string | undefined;
  origin: string | undefined;
  host: string | undefined;
}): boolean {
  const { site, origin, host } = request;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}
