import { Hono } from 'hono';
import type { UsageView } from '../../shared/contract/index.js';
import { showUsage } from '../../shared/contract/operations/system.js';
import type { UsageStore } from '../store/usage.js';
import { endpoint } from './endpoint.js';
import type { AppEnv } from './env.js';

/** What lies on the disk. */
export function usageRoutes(usage: Pick<UsageStore, 'byVideo' | 'total'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, showUsage, (c, { query }) => {
    c.header('Cache-Control', 'no-store');
    const body = { videos: usage.byVideo(query.limit), total: usage.total() };
    return c.json(body satisfies UsageView);
  });
  return app;
}
