import type { WebhookType } from '../../../shared/contract/index.js';
import { KdramaError } from '../../../shared/errors.js';
import type { JobState } from '../../../shared/states.js';
import type { JobContext } from '../context/context.js';
import { currentView } from './current-view.js';
import { queueWebhook } from './outbox.js';

/** More callers than this for one job are no callers. */
const mostOfOneJob = 16;

const endOf: Partial<Record<JobState, WebhookType>> = {
  completed: 'job.completed',
  failed: 'job.failed',
  cancelled: 'job.cancelled',
};

/**
 * Somebody wants to be told how a job ends; inside the open transaction. When it has ended already,
 * that is told at once: nobody waits for what has been. Throws VALIDATION_FAILED for too many.
 */
export function addCallback(context: JobContext, jobId: string, url: string, asker: string): void {
  const { store, clock } = context;
  const known = store.deliveries.callbacks.ofJob(jobId);
  if (!known.includes(url) && known.length >= mostOfOneJob) {
    const detail = `expected at most ${mostOfOneJob} notifyUrl for one job`;
    throw new KdramaError('VALIDATION_FAILED', detail);
  }
  store.deliveries.callbacks.add(jobId, url, asker);
  const view = currentView(context, jobId);
  const type = view && endOf[view.status];
  if (view === undefined || type === undefined) return;
  queueWebhook(context, view, { type, at: clock.now(), target: 'job', url });
}
