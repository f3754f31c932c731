import { Hono } from 'hono';
import { drainWork, pauseWork, resumeWork } from '../../shared/contract/operations/work.js';
import type { WorkControl } from '../jobs/running/work-control.js';
import { endpoint } from './endpoint.js';
import type { AppEnv } from './env.js';

/** Everything that is worked at, as one. */
export function workRoutes(work: WorkControl): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, pauseWork, (c) => c.json(work.pause()));
  endpoint(app, resumeWork, (c) => c.json(work.resume()));
  endpoint(app, drainWork, (c) => c.json(work.drain()));
  return app;
}
