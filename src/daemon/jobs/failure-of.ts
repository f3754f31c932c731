import { KdramaError } from '../../shared/errors.js';
import type { Failure } from '../store/jobs.js';

/** What a job's view and a task's row say of an error: one of our own codes stays as it is. */
export function failureOf(error: unknown): Failure {
  if (error instanceof KdramaError) return { code: error.code, message: error.message };
  const detail = error instanceof Error ? error.message : String(error);
  return { code: 'TRANSCODE_FAILED', message: new KdramaError('TRANSCODE_FAILED', detail).message };
}
