import { createMiddleware } from 'hono/factory';
import { KdramaError } from '../../../shared/errors.js';
import type { AppEnv, Client } from '../env.js';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses (403 ORIGIN_NOT_ALLOWED) what another web page sends to change something. Programs send
 * neither header; browsers always send `Origin` with such requests, newer ones `Sec-Fetch-Site` too.
 */
export const originGate = createMiddleware<AppEnv>(async (c, next) => {
  if (!harmless.has(c.req.method)) {
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const { host, scheme } = c.get('client');
    if (!isOwnPage({ site, origin, host, scheme })) {
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
  scheme: Client['scheme'];
}): boolean {
  const { site, origin, host, scheme } = request;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (origin === undefined || origin === `https://${host}`) return true;
  // Plain HTTP may come from a proxy that speaks TLS to the browser; TLS never from a plain page.
  return scheme === 'http' && origin === `http://${host}`;
}
