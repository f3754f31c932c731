import { KdramaError } from '../../../shared/errors.js';
import { newId } from '../../../shared/ids.js';
import { createMiddleware } from 'hono/factory';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.js';
import type { AppEnv } from '../env.js';

/** Gives each request an id and logs method, path, status and milliseconds of its answer. */
export function requestLog(log: Logger, clock: Clock) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const started = clock.monotonic();
    const requestId = newId();
    c.set('requestId', requestId);
    c.set('viewer', null);
    await next();
    // c.header() would now make a new response of this one, and copy its body.
    c.res.headers.set('X-Request-Id', requestId);
    const entry = {
      requestId,
      method: c.req.method,
      path: loggedPath(c.req.path),
      status: c.res.status,
      ms: Math.round((clock.monotonic() - started) * 10) / 10,
    };
    if (c.res.status < 500 || isPending(c.error)) log.info(entry, 'request');
    else log.error({ ...entry, err: c.error }, 'request');
  });
}

/** What is still being made is nothing that went wrong. */
function isPending(error: Error | undefined): boolean {
  return error instanceof KdramaError && error.code === 'STREAM_SEGMENT_PENDING';
}

/** A path without secrets: stream keys open a video to whoever holds them. */
export function loggedPath(path: string): string {
  return path.replace(/\/key\/[^/]+/, '/key/-');
}
