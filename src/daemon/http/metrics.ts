import { Hono } from 'hono';
import type { Registry } from 'prom-client';
import type { MetricsView } from '../../shared/contract/index.js';
import { showMetrics } from '../../shared/contract/operations/system.js';
import { metricsView } from '../metrics/view.js';
import { endpoint } from './endpoint.js';
import type { AppEnv } from './env.js';

/** Counters for whoever watches over the daemon: JSON, or the text that Prometheus reads. */
export function metricsRoutes(registry: Registry): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, showMetrics, async (c, { query: { format } }) => {
    c.header('Cache-Control', 'no-store');
    c.header('Vary', 'Accept');
    const isText =
      format === 'prometheus' || (format === undefined && wantsText(c.req.header('accept')));
    if (!isText) return c.json((await metricsView(registry)) satisfies MetricsView);
    return c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType });
  });
  return app;
}

/** Prometheus says so; a browser, curl and programs that want JSON do not. */
export function wantsText(accept: string | undefined): boolean {
  if (accept === undefined || /application\/json/i.test(accept)) return false;
  return /text\/plain|application\/openmetrics-text/i.test(accept);
}
