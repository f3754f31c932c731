import type { Job } from '../store/jobs.js';
import type { Store } from '../store/store.js';
import type { NewTask, TaskRow } from '../store/tasks.js';
import { missingOf } from './published.js';
import { covers, remaining, type IsMissing } from './remaining.js';
import { newTask, tasksOfPlan } from './tasks-of-plan.js';

/**
 * The tasks that a job still needs and does not have: those of its plan less what is published and
 * what its open tasks will make. When nothing is missing and nothing open, the one that finishes it.
 */
export function nextTasks(store: Store, job: Job): NewTask[] {
  const tasks = store.tasks.ofJob(job.id);
  const open = tasks.filter(isOpen);
  const owner = { jobId: job.id, priority: job.priority };
  const plan = job.planId === null ? undefined : store.plans.find(job.planId);
  if (plan === undefined) return open.length === 0 ? [newTask(owner, 'probe')] : [];
  const renditions = store.renditions.ofPlan(plan.id);
  const isMissing = exceptOf(open, missingOf(store, renditions));
  const missing = tasksOfPlan({ targetTicks: plan.targetTicks, renditions }, owner)
    .flatMap((task) => remaining(task, isMissing) ?? [])
    .filter((task) => task.kind !== 'poster' || needsPoster(store, job, tasks));
  return missing.length + open.length === 0 ? [newTask(owner, 'finish')] : missing;
}

/** Makes the rows of `nextTasks`. */
export function addNextTasks(store: Store, job: Job): void {
  for (const task of nextTasks(store, job)) store.tasks.insert(task);
}

function isOpen(task: TaskRow): boolean {
  return task.state === 'queued' || task.state === 'running';
}

function exceptOf(open: readonly TaskRow[], isMissing: IsMissing): IsMissing {
  return (id, number) => isMissing(id, number) && !open.some((task) => covers(task, id, number));
}

/** Not again where none could be made: only a person's `retry` asks for that. */
function needsPoster(store: Store, job: Job, tasks: readonly TaskRow[]): boolean {
  const isMade = typeof store.videos.find(job.videoId)?.posterBytes === 'number';
  return !isMade && !tasks.some((task) => task.kind === 'poster' && isTried(task));
}

function isTried(task: TaskRow): boolean {
  return isOpen(task) || task.state === 'failed';
}
