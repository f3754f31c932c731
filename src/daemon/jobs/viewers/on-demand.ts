import { toTicks } from '../../../shared/time.js';
import type { Job } from '../../store/jobs.js';
import type { Rendition } from '../../store/renditions.js';
import { initNumber } from '../../worker/task.js';
import type { JobContext } from '../context/context.js';
import { mayBeMade } from '../states/job-states.js';
import { isOnDemand } from '../states/ladder-policy.js';
import { missingTasks } from '../states/next-tasks.js';
import { publishedNumbers } from '../states/published.js';
import { isForHardware, newTask } from '../states/tasks-of-plan.js';

/** Who watches will want the next minute too: one start of ffmpeg for all of it. */
const aheadTicks = toTicks(48);

/**
 * Nobody has asked for this segment before: it gets a task, and so does what follows it, up to what is
 * there or waits already. An init segment comes with the first segment and needs no more. After a
 * failure nothing, until `retry`.
 */
export function addOnDemand(
  context: JobContext,
  job: Job,
  rendition: Rendition,
  number: number,
): void {
  const { store } = context;
  const first = number === initNumber ? 0 : number;
  if (!isOnDemand(job.settings.ladder, rendition)) return;
  if (store.tasks.hasFailed(job.id, rendition.id, first)) return;
  const segments = number === initNumber ? 1 : freeFrom(context, job, rendition, first);
  const range = { firstSegment: first, segments, renditions: [rendition.id] };
  const useGpu = job.useGpu && isForHardware(rendition);
  const owner = { jobId: job.id, priority: job.priority, useGpu };
  store.tasks.insert(newTask(owner, 'encode', range));
}

function freeFrom({ store }: JobContext, job: Job, rendition: Rendition, first: number): number {
  const { id, planId, segmentCount } = rendition;
  const published = publishedNumbers(store, id);
  const isFree = (n: number) =>
    n < segmentCount && !published.has(n) && store.tasks.holding(job.id, id, n) === undefined;
  const most = Math.round(aheadTicks / (store.plans.find(planId)?.targetTicks ?? aheadTicks));
  let segments = 1;
  while (segments < most && isFree(first + segments)) segments++;
  return segments;
}

/**
 * Somebody wants all of a rendition, as one file. Changes nothing where all of it is made anyway. Answers whether it
 * will be, as far as nobody does anything about it.
 */
export function demandWhole({ store, bus }: JobContext, renditionId: string): boolean {
  const rendition = store.renditions.find(renditionId);
  const job = rendition && store.jobs.findByPlan(rendition.planId);
  if (rendition === undefined || job === undefined || !mayBeMade(job)) return false;
  if (!isOnDemand(job.settings.ladder, rendition)) return !job.paused;
  store.transaction(() => {
    const isWanted = ({ kind, firstSegment }: { kind: string; firstSegment: number }) =>
      kind === 'encode' && !store.tasks.hasFailed(job.id, rendition.id, firstSegment);
    const tasks = missingTasks(store, job, [rendition]).filter(isWanted);
    for (const task of tasks) store.tasks.insert(task);
  });
  bus.emit('work');
  const isGivenUp = missingTasks(store, job, [rendition]).some(({ kind }) => kind === 'encode');
  return !job.paused && !isGivenUp;
}
