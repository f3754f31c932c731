import { createMiddleware } from 'hono/factory';
import type { Clock } from '../../clock.js';
import type { Metrics } from '../../metrics/metrics.js';
import type { AppEnv } from '../env.js';
import { matchedRoute } from '../matched-route.js';

/** Counts each answer under the pattern of its route: never an address, or there would be no end. */
export function countRequests(metrics: Pick<Metrics, 'answered'>, clock: Pick<Clock, 'monotonic'>) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const started = clock.monotonic();
    await next();
    const route = matchedRoute(c);
    metrics.answered({
      method: route === undefined ? 'other' : c.req.method,
      route: route?.path ?? 'none',
      status: c.res.status,
      seconds: (clock.monotonic() - started) / 1000,
    });
  });
}
