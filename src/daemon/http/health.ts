import { Hono } from 'hono';
import type { Health } from '../../shared/contract/index.js';
import { showHealth } from '../../shared/contract/operations/health.js';
import { endpoint } from './endpoint.js';
import type { AppEnv } from './env.js';

/** Open: monitors and the command line's start and stop look here. */
export function healthRoutes(health: () => Health): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, showHealth, (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json(health());
  });
  return app;
}
