import type { Context } from 'hono';
import type { AppEnv } from '../env.js';
import { isOfSnakeFamily } from '../request/snake-case.js';

/** Seconds after which asking again makes sense while a job runs. */
export const pollSeconds = 2;

/** What every 202 of this API carries: where to follow the job, and when to look. */
export function accepted(
  c: Context<AppEnv>,
  jobId: string,
  body: object,
  status: 200 | 202 = 202,
): Response {
  const job = jobPath(c, jobId);
  c.header('Location', `${job}/monitor`);
  c.header('Link', `<${job}>; rel="status"`);
  c.header('Retry-After', String(pollSeconds));
  return c.json(body, status);
}

/** In the family that the client speaks: `/job/…` answers in snake_case. */
export function jobPath(c: Context<AppEnv>, jobId: string): string {
  const prefix = c.get('prefix');
  return `${prefix}/${isOfSnakeFamily(c.req.path) ? 'job' : 'jobs'}/${jobId}`;
}
