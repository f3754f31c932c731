import { KdramaError } from '../../../shared/errors.js';
import type { Job } from '../../store/jobs.js';
import type { Ownership, TaskOutcome, TaskRow } from '../../store/tasks.js';
import type { Storyboard } from '../../../shared/storyboard.js';
import type { TaskResult } from '../../worker/task.js';
import { announce, announceChange } from '../views/announce.js';
import type { Ended } from './ended.js';
import type { JobContext } from '../context/context.js';
import { encodedInstead } from './encode-instead.js';
import { addEncoding } from './encoding.js';
import { failureInWords, failureOf } from '../states/failure-of.js';
import { giveUpSource } from './give-up-source.js';
import { isLive, mayBeMade } from '../states/job-states.js';
import { isPromised, promisedOf } from '../states/ladder-policy.js';
import { addNextTasks, nextTasks } from '../states/next-tasks.js';
import { missingOfTask } from '../states/published.js';
import { playNewest } from './play-newest.js';
import { recordProbe } from './record-probe.js';
import { countMissing, remaining } from '../states/remaining.js';
import { afterAttempt, isPictureOf, type AttemptEnd } from '../states/task-states.js';
import { withdrawn } from './withdraw.js';

/**
 * Records how an attempt ended: its row, what it brought, what comes next; all in one transaction.
 * An attempt that does not own the task any more changes nothing.
 */
export function recordEnd(
  context: JobContext,
  own: Ownership,
  ended: Ended | { kind: 'died' },
): void {
  const { store } = context;
  store.transaction(() => {
    const task = store.tasks.find(own.id);
    const job = task && store.jobs.find(task.jobId);
    if (task?.state !== 'running' || task.attempt !== own.attempt || job === undefined) return;
    if (ended.kind === 'done') recordDone(context, job, task, own, ended.result);
    else recordUndone(context, job, task, own, ended);
  });
}

function recordDone(
  context: JobContext,
  job: Job,
  task: TaskRow,
  own: Ownership,
  result: TaskResult,
): void {
  // Output counts, exit codes don't.
  const missing = countMissing(task, missingOfTask(context.store, task.renditions));
  if (missing > 0) {
    const error = new KdramaError('TRANSCODE_FAILED', `${missing} segments did not come out`);
    const ended = { kind: 'failed', error: failureOf(error) } as const;
    return recordUndone(context, job, task, own, ended);
  }
  end(context, task, own, { kind: 'done' });
  if (result.kind === 'probe') recordProbe(context, job, result);
  if (result.kind === 'poster') recordPoster(context, job, result.sizeBytes);
  if (result.kind === 'storyboard') recordStoryboard(context, job, result.storyboard);
  if (result.kind === 'done' && result.encoding !== undefined && task.lane === 'gpu') {
    context.store.jobs.setEncoding(job.id, addEncoding(job.encoding, result.encoding));
  }
  if (task.kind === 'finish' && isLive(job)) finish(context, job);
  else goOn(context, job);
}

function recordUndone(
  context: JobContext,
  job: Job,
  task: TaskRow,
  own: Ownership,
  ended: Exclude<AttemptEnd, { kind: 'done' | 'cancelled' }>,
): void {
  const { store } = context;
  const left = remaining(task, missingOfTask(store, task.renditions));
  if (left === null) {
    end(context, task, own, { kind: 'done' });
    return goOn(context, job);
  }
  const outcome = end(context, task, own, mayBeMade(job) ? ended : { kind: 'cancelled' });
  store.tasks.setRange(task.id, left);
  if (outcome.state !== 'failed') return announceChange(context, job);
  const unmade = { ...task, ...left };
  const isHelped =
    isDispensable(context, job, task, outcome) || encodedInstead(context, job, unmade, outcome);
  if (isHelped) goOn(context, job);
  else failJob(context, job, unmade, outcome);
}

/** An episode without pictures of it is still an episode, and so is one without what nobody promised or needs. */
function isDispensable(
  context: JobContext,
  job: Job,
  task: TaskRow,
  outcome: TaskOutcome,
): boolean {
  const { store } = context;
  const renditions = job.planId === null ? [] : store.renditions.ofPlan(job.planId);
  if (withdrawn(context, job, task, outcome)) return true;
  return isPictureOf(task.kind) || !isPromised(task, promisedOf(job.settings.ladder, renditions));
}

function end({ store, clock }: JobContext, task: TaskRow, own: Ownership, how: AttemptEnd) {
  const outcome = afterAttempt(task, how, clock.now());
  store.tasks.end(own, outcome);
  return outcome;
}

/** The last task that was promised has ended: what is missing still, or the finish. */
function goOn(context: JobContext, job: Job): void {
  const { store } = context;
  const mayBeLast = job.settings.ladder === 'on-demand' || store.tasks.countOpen(job.id) === 0;
  if (isLive(job) && mayBeLast) {
    const planned = store.jobs.find(job.id);
    if (planned !== undefined) addNextTasks(store, planned);
  }
  announceChange(context, job);
}

function failJob(context: JobContext, job: Job, task: TaskRow, outcome: TaskOutcome): void {
  const { store, clock } = context;
  const names = task.renditions.flatMap((id) => store.renditions.find(id)?.name ?? []);
  const failure = failureInWords(task, names, outcome);
  if (!store.jobs.fail(job.id, failure, clock.now())) return;
  store.tasks.cancelWaiting(job.id);
  announce(context, job, 'job.failed');
}

function recordPoster({ store, bus }: JobContext, job: Job, sizeBytes: number): void {
  store.videos.setPoster(job.videoId, sizeBytes);
  store.afterCommit(() => bus.emit('video', { videoId: job.videoId }));
}

function recordStoryboard({ store, bus }: JobContext, job: Job, storyboard: Storyboard): void {
  if (job.planId !== null) store.storyboards.put(job.planId, storyboard);
  store.afterCommit(() => bus.emit('video', { videoId: job.videoId }));
}

/** Ready only if nothing was lost, or came in, while its files were verified. */
function finish(context: JobContext, job: Job): void {
  const next = nextTasks(context.store, job);
  if (next.length === 1 && next[0]?.kind === 'finish') return recordComplete(context, job);
  for (const task of next) context.store.tasks.insert(task);
}

function recordComplete(context: JobContext, job: Job): void {
  const { store, clock } = context;
  store.jobs.complete(job.id, clock.now());
  playNewest(context, job.videoId);
  giveUpSource(context, job);
  announce(context, job, 'job.completed');
}
