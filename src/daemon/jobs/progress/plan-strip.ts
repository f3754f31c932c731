import type { JobPlan, SegmentState } from '../../../shared/contract/index.js';
import type { TaskState } from '../../../shared/states.js';
import type { Rendition } from '../../store/renditions.js';
import type { Store } from '../../store/store.js';
import type { TaskRange } from '../../store/tasks.js';

export interface StripTask extends TaskRange {
  readonly state: TaskState;
}

type Run = JobPlan['renditions'][number]['runs'][number];

/** The strip of each rendition of a job's plan; none before it is probed. */
export function stripsOf(
  { jobs, renditions, segments, tasks }: Pick<Store, 'jobs' | 'renditions' | 'segments' | 'tasks'>,
  jobId: string,
): JobPlan['renditions'] {
  const planId = jobs.overview(jobId)?.planId ?? null;
  if (planId === null) return [];
  const ofJob = tasks.ofJob(jobId);
  return renditions.ofPlan(planId).map((rendition) => ({
    name: rendition.name,
    runs: stripOf(rendition, segments.ofRendition(rendition.id), ofJob),
  }));
}

/**
 * How each segment of a rendition stands, from the first on, as runs of equal states: what is
 * published is made, whatever became of the task that made it.
 */
export function stripOf(
  { id, segmentCount }: Pick<Rendition, 'id' | 'segmentCount'>,
  published: readonly { readonly number: number }[],
  tasks: readonly StripTask[],
): Run[] {
  const states = Array.from({ length: segmentCount }, (): SegmentState => 'waiting');
  const mark = (from: number, to: number, state: SegmentState) =>
    states.fill(state, from, Math.min(to, segmentCount));
  for (const task of tasks) {
    if (!task.renditions.includes(id)) continue;
    if (task.state !== 'running' && task.state !== 'failed') continue;
    mark(task.firstSegment, task.firstSegment + task.segments, task.state);
  }
  for (const { number } of published) mark(number, number + 1, 'made');
  return runsOf(states);
}

function runsOf(states: readonly SegmentState[]): Run[] {
  const runs: { state: SegmentState; segments: number }[] = [];
  for (const state of states) {
    const last = runs.at(-1);
    if (last?.state === state) last.segments += 1;
    else runs.push({ state, segments: 1 });
  }
  return runs;
}
