import { KdramaError } from '../../shared/errors.js';
import type { Job } from '../store/jobs.js';
import { announce } from './announce.js';
import type { JobContext } from './context.js';
import { commandEffect, jobState, type JobCommand } from './job-states.js';
import { addNextTasks } from './next-tasks.js';
import { dropLostFiles } from './reconcile.js';

/**
 * Goes on from what is there: only what is missing is made. Inside the open transaction. Throws
 * JOB_STATE_CONFLICT.
 */
export function retryJob(context: JobContext, job: Job): void {
  const { store } = context;
  const lost = dropLostFiles(context, job);
  const state = jobState(job);
  if (commandEffect(state, 'retry') === 'verify' && lost === 0) throw stateConflict('retry', state);
  store.jobs.reopen(job.id);
  store.tasks.removeUnfinished(job.id);
  addNextTasks(store, job);
  announce(context, job, 'job.retried');
}

/** Whoever asks again for what failed or was cancelled wants it: what stood in the way may be gone. */
export function takeUpAgain(context: JobContext, jobId: string): void {
  const { store, bus } = context;
  const job = store.jobs.find(jobId);
  if (job === undefined || !['failed', 'cancelled'].includes(jobState(job))) return;
  retryJob(context, job);
  store.afterCommit(() => bus.emit('work'));
}

export function stateConflict(command: JobCommand, state: string): KdramaError {
  return new KdramaError(
    'JOB_STATE_CONFLICT',
    `expected a job to ${command}, got one that is ${state}`,
  );
}
