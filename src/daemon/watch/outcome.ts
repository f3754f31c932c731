import { KdramaError, type ErrorCode } from '../../shared/errors.js';
import type { WatchedFile } from '../store/watched-files.js';

/** These pass by themselves, or with help that does not touch the file. */
const passing: readonly ErrorCode[] = [
  'STORAGE_FULL',
  'FFMPEG_UNAVAILABLE',
  'FILE_UNREADABLE',
  'TRANSCODE_FAILED',
  'INTERNAL',
];
/** It is another file than the one that stood still. */
const changed: readonly ErrorCode[] = ['SOURCE_CHANGED', 'IMPORT_UNAVAILABLE'];

export const retryAfterMs = 10 * 60 * 1000;

/** Pure: what is recorded of a file that could not be taken. `now`: since 1970. */
export function outcomeOf(
  failure: unknown,
  now: number,
): Pick<WatchedFile, 'state' | 'error' | 'retryAt'> {
  const error = failure instanceof KdramaError ? failure : new KdramaError('INTERNAL');
  if (changed.includes(error.code)) return { state: 'waiting', error: null, retryAt: null };
  const retryAt = passing.includes(error.code) ? now + retryAfterMs : null;
  return { state: 'refused', error: { code: error.code, message: error.message }, retryAt };
}
