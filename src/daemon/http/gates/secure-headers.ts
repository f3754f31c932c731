import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../env.js';

/** What is said to be JSON is never run as anything else, and no address leaves in a Referer. */
export const secureHeaders = createMiddleware<AppEnv>(async (c, next) => {
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'no-referrer');
  await next();
});
