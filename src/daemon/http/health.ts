import { Hono } from 'hono';
import type { Health } from '../../shared/contract/index.js';
import type { AppEnv } from './env.js';

/** Open: monitors and the command line's start and stop look here. */
export function healthRoutes(health: () => Health): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/health', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json(health());
  });
}
