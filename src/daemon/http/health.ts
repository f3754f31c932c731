import { Hono, type Context } from 'hono';
import type { Health } from '../../shared/contract/index.js';
import {
  showHealth,
  showLiveness,
  showReadiness,
} from '../../shared/contract/operations/health.js';
import { endpoint } from './endpoint.js';
import type { AppEnv } from './env.js';

const retryAfterSeconds = 5;

/** Open: monitors and the command line's start and stop look here. */
export function healthRoutes(health: () => Promise<Health>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, showHealth, async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json(shownTo(c, await health()));
  });
  endpoint(app, showLiveness, (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json({ live: true });
  });
  endpoint(app, showReadiness, async (c) => {
    const found = shownTo(c, await health());
    c.header('Cache-Control', 'no-store');
    if (!found.ready) c.header('Retry-After', String(retryAfterSeconds));
    return c.json(found, found.ready ? 200 : 503);
  });
  return app;
}

/** Details name paths: they are for admins. */
function shownTo(c: Context<AppEnv>, health: Health): Health {
  if (c.get('viewer')?.role === 'admin') return health;
  const parts = Object.entries(health.parts).map(([name, { status }]) => [name, { status }]);
  return { ...health, parts: Object.fromEntries(parts) as Health['parts'] };
}
