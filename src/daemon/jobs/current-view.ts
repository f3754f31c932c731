import type { JobView } from '../../shared/contract/index.js';
import { arrivingJob } from './arriving.js';
import type { JobContext } from './context.js';
import { jobView } from './view.js';

/**
 * The view of a job, or of one that is still arriving, as the open transaction sees it; undefined
 * when there is none of this id.
 */
export function currentView(
  context: Pick<JobContext, 'store' | 'paceOf' | 'defaultLadder' | 'defaultUseGpu'>,
  jobId: string,
): JobView | undefined {
  const { store, paceOf } = context;
  const job = store.jobs.overview(jobId);
  if (job === undefined) return arrivingJob(context, jobId);
  const renditions = job.planId === null ? [] : store.renditionProgress.ofPlan(job.planId);
  return jobView(job, renditions, paceOf(job));
}
