import { Hono } from 'hono';
import type { Delivery, DeliveryList, JobView } from '../../../shared/contract/index.js';
import { jobDeliveries, webhookSecretOf } from '../../../shared/contract/operations/webhooks.js';
import type { Services } from '../../services.js';
import { shownUrl } from '../answer/shown-url.js';
import type { DeliveryRow, DeliveryStore } from '../../store/deliveries.js';
import { endpoint } from '../endpoint.js';
import { mayControl } from '../auth/ownership.js';
import type { AppEnv, Viewer } from '../env.js';
import { jobJson } from './job-answers.js';
import { findJob, type ReadableJobs } from './own-job.js';

export interface WebhookRouteParts {
  readonly jobs: ReadableJobs;
  readonly deliveries: Pick<DeliveryStore, 'ofJob' | 'callbacks'>;
  readonly webhooks: Pick<Services['webhooks'], 'secret'>;
}

/** What was told of a job to whom, and how that is checked. */
export function webhookRoutes({ jobs, deliveries, webhooks }: WebhookRouteParts): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, jobDeliveries, (c, { params }) => {
    const job = findJob(c, jobs, params.id);
    const seen = deliveries.ofJob(job.jobId).filter(mayBeSeenBy(c.get('viewer'), job, deliveries));
    c.header('Cache-Control', 'no-store');
    return jobJson(c, { deliveries: seen.map(shown) } satisfies DeliveryList);
  });
  endpoint(app, webhookSecretOf, (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json({ secret: webhooks.secret });
  });
  return app;
}

/**
 * The global target is the admin's own: a job's owner has not chosen it and need not know it. Who may
 * only read the job sees what was sent to the addresses that they named.
 */
function mayBeSeenBy(
  viewer: Viewer | null,
  job: Pick<JobView, 'jobId' | 'owner'>,
  { callbacks }: Pick<DeliveryStore, 'callbacks'>,
): (row: DeliveryRow) => boolean {
  if (viewer?.role === 'admin') return () => true;
  if (mayControl(viewer, job)) return ({ target }) => target === 'job';
  const named = callbacks.ofAsker(job.jobId, viewer?.id ?? '');
  return ({ target, url }) => target === 'job' && named.includes(url);
}

function shown(row: DeliveryRow): Delivery {
  const { id, type, target, state, attempts, lastStatus, lastError } = row;
  const { origin, pathname } = new URL(row.url);
  const url = target === 'global' ? shownUrl(row.url) : origin + pathname;
  return {
    ...{ id, type, target, url, state, attempts, lastStatus, lastError },
    createdAt: time(row.createdAt),
    lastAttemptAt: row.attemptedAt === null ? null : time(row.attemptedAt),
    nextAttemptAt: state === 'waiting' ? time(row.nextAt) : null,
    endedAt: row.endedAt === null ? null : time(row.endedAt),
  };
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}
