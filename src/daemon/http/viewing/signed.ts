/** What stands before the addresses that a signed key opens. */
import { createMiddleware } from 'hono/factory';
import { KdramaError } from '../../../shared/errors.js';
import type { Streaming } from '../../streaming/streaming.js';
import type { AppEnv } from '../env.js';

/** A cast receiver loads from a page of its own; the key, not a cookie, is what lets it in. */
export const openToOtherPages = createMiddleware<AppEnv>(async (c, next) => {
  c.header('Access-Control-Allow-Origin', '*');
  c.header('Access-Control-Expose-Headers', 'Content-Length, Content-Range, ETag, Retry-After');
  c.header('Cross-Origin-Resource-Policy', 'cross-origin');
  if (c.req.method !== 'OPTIONS') return next();
  c.header('Allow', 'GET, HEAD, OPTIONS');
  c.header('Access-Control-Allow-Methods', 'GET, HEAD');
  c.header('Access-Control-Allow-Headers', 'Range, If-Range, If-None-Match');
  c.header('Access-Control-Max-Age', '86400');
  return c.body(null, 204);
});

export function keyGate(streaming: Streaming) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const verdict = streaming.checkKey(c.req.param('key') ?? '', c.req.param('videoId') ?? '');
    if (verdict === 'other-video') throw new KdramaError('STREAM_ACCESS_DENIED');
    if (verdict !== 'valid') throw new KdramaError('AUTH_INVALID_TOKEN', `the key is ${verdict}`);
    await next();
  });
}
