import type { JobView } from '../../../shared/contract/index.js';
import type { Rendition } from '../../store/renditions.js';
import type { TaskRow } from '../../store/tasks.js';
import { arrivingJob } from './arriving.js';
import type { JobContext } from '../context/context.js';
import { setbackOf } from '../states/failure-of.js';
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
  const again = store.tasks.setback(job.id);
  const setback = again === undefined ? null : setbackOf(again, namesIn(renditions, again));
  return jobView(job, renditions, { ...paceOf(job), setback });
}

function namesIn(
  renditions: readonly Pick<Rendition, 'id' | 'name'>[],
  task: Pick<TaskRow, 'renditions'>,
): string[] {
  return renditions.filter(({ id }) => task.renditions.includes(id)).map(({ name }) => name);
}
