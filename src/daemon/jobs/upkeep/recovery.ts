import type { Job } from '../../store/jobs.js';
import type { JobContext } from '../context/context.js';
import { removeGivenUpSources } from '../ended/give-up-source.js';
import { jobState } from '../states/job-states.js';
import { addNextTasks } from '../states/next-tasks.js';
import { dropLostFiles } from './reconcile.js';
import { recordEnd } from '../ended/record-end.js';
import { sweepAttempts, sweepRenditions, sweepStoryboards, sweepVideos } from './sweep.js';
import { ownRank } from '../states/urgency.js';

/**
 * Brings rows and files of a daemon that died together, before anything runs. Only unfinished jobs
 * are compared file by file: a completed one was verified at its end, and a library of 100,000 must
 * not be read at each start.
 */
export async function recover(context: JobContext): Promise<void> {
  const { store } = context;
  for (const task of store.tasks.running()) {
    if (task.attempt === null) continue;
    recordEnd(context, { id: task.id, attempt: task.attempt }, { kind: 'died' });
  }
  // Viewers ask again.
  for (const task of store.tasks.demanded()) store.tasks.setRank(task.id, ownRank(task.kind, task));
  await removeGivenUpSources(context);
  await sweepAttempts(context);
  await sweepVideos(context);
  for (const job of store.jobs.unfinished()) await recoverFiles(context, job);
}

async function recoverFiles(context: JobContext, job: Job): Promise<void> {
  const { store } = context;
  store.transaction(() => {
    const lost = dropLostFiles(context, job);
    const state = jobState(job);
    if (lost > 0 && state !== 'failed' && state !== 'cancelled') addNextTasks(store, job);
  });
  await sweepRenditions(context, job);
  await sweepStoryboards(context, job);
}
