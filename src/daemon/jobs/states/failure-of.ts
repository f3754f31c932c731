import type { JobSetback } from '../../../shared/contract/index.js';
import { errorKind, KdramaError } from '../../../shared/errors.js';
import type { Failure } from '../../store/jobs.js';
import type { TaskOutcome, TaskRow } from '../../store/tasks.js';
import { maxFailures } from './task-states.js';

/** What a job's view and a task's row say of an error, in one line: one of our own codes stays as it is. */
export function failureOf(error: unknown): Failure {
  const { code, message } = error instanceof KdramaError ? error : failed(error);
  return { code, message: message.trim().replaceAll(/\s*\n\s*/g, '; ') };
}

const ofMachine =
  /\b(EIO|EACCES|EPERM|EROFS|EMFILE|ENFILE|ENODEV|ENXIO|ESTALE|ENOENT): |Input\/output error|Cannot allocate memory|exit code none/;

/** Of the machine, its disk or its memory (a killed process has no exit code): anything would have failed there. */
export function isOfMachine({ message }: Pick<Failure, 'message'>): boolean {
  return ofMachine.test(message);
}

function failed(error: unknown): KdramaError {
  return new KdramaError(
    'TRANSCODE_FAILED',
    error instanceof Error ? error.message : String(error),
  );
}

/** What a job says of the task that it failed with: what could not be made, how often it was tried, why. */
export function failureInWords(
  task: Pick<TaskRow, 'kind' | 'firstSegment' | 'segments'>,
  renditions: readonly string[],
  { failures, error }: Pick<TaskOutcome, 'failures' | 'error'>,
): Failure {
  if (error === null) return failureOf(new KdramaError('TRANSCODE_FAILED'));
  if (error.code !== 'TRANSCODE_FAILED' || failures < maxFailures) return error;
  const { message: prefix } = errorKind('TRANSCODE_FAILED');
  const last = `failed ${failures} times, the last time so: ${reasonOf(error)}`;
  return { code: error.code, message: `${prefix}: ${partInWords(task, renditions)} ${last}` };
}

/** What a job's view says of a task that has failed and is tried again; null of one that has not. */
export function setbackOf(
  task: Pick<TaskRow, 'kind' | 'firstSegment' | 'segments' | keyof TaskOutcome>,
  renditions: readonly string[],
): JobSetback | null {
  const { error, failures, notBefore, state } = task;
  if (error === null) return null;
  return {
    message: `${partInWords(task, renditions)}: ${reasonOf(error)}`,
    failures,
    attempts: maxFailures,
    nextTry: state === 'queued' && notBefore > 0 ? new Date(notBefore).toISOString() : null,
  };
}

function reasonOf({ message }: Failure): string {
  return message.replace(`${errorKind('TRANSCODE_FAILED').message}: `, '');
}

function partInWords(
  { kind, firstSegment, segments }: Pick<TaskRow, 'kind' | 'firstSegment' | 'segments'>,
  renditions: readonly string[],
): string {
  if (renditions.length === 0) return `its ${kind} task`;
  const last = firstSegment + segments - 1;
  const range = segments === 1 ? `segment ${last}` : `segments ${firstSegment} to ${last}`;
  return `${range} of ${renditions.join(', ')}`;
}
