import type { Job } from '../../store/jobs.js';
import type { Rendition } from '../../store/renditions.js';
import type { Store } from '../../store/store.js';
import type { NewTask, TaskRow } from '../../store/tasks.js';
import { isPromised, promisedOf } from './ladder-policy.js';
import { missingOf } from './published.js';
import { needsStoryboard } from './storyboard.js';
import { covers, remaining, type IsMissing } from './remaining.js';
import { isOpen, isTried } from './task-states.js';
import { newTask, tasksOfPlan } from './tasks-of-plan.js';

/**
 * The tasks that a job still needs and does not have: those of its plan, as far as its ladder promises
 * it, less what is published and what its open tasks will make. When nothing is missing and nothing
 * open, its storyboard, which is made of what is there; then the one that finishes it. What is made on
 * demand meanwhile is no part of that.
 */
export function nextTasks(store: Store, job: Job): NewTask[] {
  const tasks = store.tasks.ofJob(job.id);
  const owner = { jobId: job.id, priority: job.priority, useGpu: job.useGpu };
  if (job.planId === null) return tasks.some(isOpen) ? [] : [newTask(owner, 'probe')];
  const promised = promisedOf(job.settings.ladder, store.renditions.ofPlan(job.planId));
  const isBusy = tasks.some((task) => isOpen(task) && isPromised(task, promised));
  const missing = missingTasks(store, job, promised).filter(
    (task) => task.kind !== 'poster' || needsPoster(store, job, tasks),
  );
  if (missing.length > 0 || isBusy) return missing;
  return [newTask(owner, needsStoryboard(store, job.planId, tasks) ? 'storyboard' : 'finish')];
}

/** Makes the rows of `nextTasks`. */
export function addNextTasks(store: Store, job: Job): void {
  for (const task of nextTasks(store, job)) store.tasks.insert(task);
}

/** What would make these renditions, less what is there and what open tasks will make. */
export function missingTasks(
  store: Store,
  job: Job,
  renditions: readonly Pick<Rendition, 'id' | 'method' | 'traits' | 'segmentCount'>[],
): NewTask[] {
  const plan = job.planId === null ? undefined : store.plans.find(job.planId);
  if (plan === undefined) return [];
  const open = store.tasks.ofJob(job.id).filter(isOpen);
  const isMissing = exceptOf(open, missingOf(store, renditions));
  const owner = { jobId: job.id, priority: job.priority, useGpu: job.useGpu };
  return tasksOfPlan({ targetTicks: plan.targetTicks, renditions }, owner).flatMap(
    (task) => remaining(task, isMissing) ?? [],
  );
}

function exceptOf(open: readonly TaskRow[], isMissing: IsMissing): IsMissing {
  return (id, number) => isMissing(id, number) && !open.some((task) => covers(task, id, number));
}

/** Not again where none could be made: only a person's `retry` asks for that. */
function needsPoster(store: Store, job: Job, tasks: readonly TaskRow[]): boolean {
  const isMade = typeof store.videos.find(job.videoId)?.posterBytes === 'number';
  return !isMade && !isTried('poster', tasks);
}
