import { KdramaError } from '../../../shared/errors.js';
import type { Job } from '../../store/jobs.js';
import type { TaskRow } from '../../store/tasks.js';
import { announce } from '../views/announce.js';
import type { JobContext } from '../context/context.js';
import { demandSource } from '../ended/give-up-source.js';
import { commandEffect, jobState, type JobCommand } from '../states/job-states.js';
import { addNextTasks, nextTasks } from '../states/next-tasks.js';
import { dropLostFiles } from '../upkeep/reconcile.js';
import { needsStoryboard } from '../states/storyboard.js';
import { isAboutFiles, isPictureOf } from '../states/task-states.js';

/**
 * Goes on from what is there: only what is missing is made, be it the storyboard of a video that was
 * ready before there were any. Inside the open transaction. Throws JOB_STATE_CONFLICT, SOURCE_NOT_KEPT.
 */
export function retryJob(context: JobContext, job: Job): void {
  const { store } = context;
  const lost = dropLostFiles(context, job);
  const state = jobState(job);
  const isWhole =
    lost === 0 &&
    !store.tasks.ofJob(job.id).some(isFailed) &&
    !needsStoryboard(store, job.planId, []);
  if (commandEffect(state, 'retry') === 'verify' && isWhole) throw stateConflict('retry', state);
  store.jobs.reopen(job.id);
  store.tasks.removeUnfinished(job.id);
  if (nextTasks(store, job).some(({ kind }) => !isAboutFiles(kind))) {
    demandSource(store.videos.find(job.videoId));
  }
  addNextTasks(store, job);
  announce(context, job, 'job.retried');
}

/** Of a job that is ready: what could not be made on demand. */
function isFailed({ kind, state }: TaskRow): boolean {
  return state === 'failed' && !isPictureOf(kind);
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
