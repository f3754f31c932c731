import type { Job } from '../../store/jobs.js';
import { announce } from '../views/announce.js';
import type { JobContext } from '../context/context.js';
import { isLive } from '../states/job-states.js';
import { addNextTasks } from '../states/next-tasks.js';

/**
 * Somebody wants all of what would be made on demand, inside the open transaction: the plan stays, and
 * so does what is made of it. A failed or cancelled job goes on with it when it is retried.
 */
export function extendLadder(context: JobContext, { id, completedAt }: Job): void {
  const { store, bus } = context;
  store.jobs.setLadder(id, 'full');
  if (completedAt !== null) store.jobs.reopen(id);
  const job = store.jobs.find(id);
  if (job !== undefined && isLive(job)) addNextTasks(store, job);
  announce(context, { id }, 'job.changed');
  store.afterCommit(() => bus.emit('work'));
}
