import type { ErrorCode } from '../../../shared/errors.js';
import type { TaskKind } from '../../../shared/states.js';
import type { Failure } from '../../store/jobs.js';
import type { TaskOutcome, TaskRow } from '../../store/tasks.js';

/** How an attempt of a task can end. */
export type AttemptEnd =
  | { readonly kind: 'done' }
  /** The task itself reported it: the only end that spends one of the attempts. */
  | { readonly kind: 'failed'; readonly error: Failure }
  /** Paused, preempted, stopped, or the disk is away: it goes back as it was. */
  | { readonly kind: 'returned'; readonly notBefore: number }
  /** Its job was cancelled or has failed. */
  | { readonly kind: 'cancelled' }
  /** The daemon died while it ran. */
  | { readonly kind: 'died' };

export const maxFailures = 3;
export const maxDeaths = 5;
const firstBackoffMs = 2000;

/** Trying again by itself cannot help; a person's `retry` may. */
const permanent: ReadonlySet<string> = new Set<ErrorCode>([
  'UPLOAD_INVALID_FORMAT',
  'SOURCE_CHANGED',
  'SOURCE_NOT_KEPT',
  'FFMPEG_UNAVAILABLE',
  'STORAGE_FULL',
]);

/** How a running task's row goes on after its attempt. `now` in milliseconds since 1970. */
export function afterAttempt(
  task: Pick<TaskRow, 'failures' | 'deaths' | 'error' | 'notBefore'>,
  end: AttemptEnd,
  now: number,
): TaskOutcome {
  const { failures, deaths, error } = task;
  const same = { failures, deaths, error, notBefore: 0 };
  if (end.kind === 'done') return { ...same, state: 'done', error: null };
  if (end.kind === 'cancelled') return { ...same, state: 'cancelled' };
  if (end.kind === 'returned') return { ...same, state: 'queued', notBefore: end.notBefore };
  if (end.kind === 'died') return { ...same, ...afterDeath(deaths + 1, error) };
  return { ...same, ...afterFailure(failures + 1, end.error, now), error: end.error };
}

function afterFailure(failures: number, error: Failure, now: number) {
  const gone = failures >= maxFailures || permanent.has(error.code);
  if (gone) return { state: 'failed', failures } as const;
  return {
    state: 'queued',
    failures,
    notBefore: now + firstBackoffMs * 4 ** (failures - 1),
  } as const;
}

function afterDeath(deaths: number, error: Failure | null) {
  if (deaths < maxDeaths) return { state: 'queued', deaths } as const;
  const message = `Video transcoding failed: the daemon died ${deaths} times while this was made`;
  return {
    state: 'failed',
    deaths,
    error: error ?? { code: 'TRANSCODE_FAILED', message },
  } as const;
}

export function isOpen({ state }: Pick<TaskRow, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

/** Whether a job has had its attempts at a kind of task; only a person's `retry` asks for more. */
export function isTried(
  kind: TaskKind,
  tasks: readonly Pick<TaskRow, 'kind' | 'state'>[],
): boolean {
  return tasks.some((task) => task.kind === kind && (isOpen(task) || task.state === 'failed'));
}

/** Whether it only makes pictures of a video, without which it plays just as well. */
export function isPictureOf(kind: TaskKind): boolean {
  return kind === 'poster' || kind === 'storyboard';
}

/** Whether it needs nothing but files that were made: the source may be gone. */
export function isAboutFiles(kind: TaskKind): boolean {
  return kind === 'storyboard' || kind === 'finish';
}
