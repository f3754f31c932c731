import { createMiddleware } from 'hono/factory';
import { KdramaError } from '../../../shared/errors.js';
import type { AppEnv } from '../env.js';

const maxLines = 100;

/** Refuses (431 HEADERS_TOO_LARGE) more header lines than any client sends. */
export const headerGate = createMiddleware<AppEnv>(async (c, next) => {
  const lines = c.env.incoming.rawHeaders.length / 2;
  if (lines > maxLines) {
    throw new KdramaError('HEADERS_TOO_LARGE', `expected at most ${maxLines} lines, got ${lines}`);
  }
  await next();
});
