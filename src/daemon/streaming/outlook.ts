import { finalJobStates, type JobState } from '../../shared/states.js';
import { KdramaError } from '../../shared/errors.js';

/**
 * Why bytes of a video that are missing will never come, or undefined while they may. `jobs` are the
 * video's, newest first. JOB_CANCELLED, or STREAM_NOT_READY without a time to try again.
 */
export function whyHopeless(
  jobs: readonly { readonly jobId: string; readonly status: JobState }[],
): KdramaError | undefined {
  const [newest] = jobs;
  const mayGoOn = jobs.some(
    ({ status }) => status === 'completed' || !finalJobStates.includes(status),
  );
  if (newest === undefined || mayGoOn) return undefined;
  if (newest.status === 'cancelled') return new KdramaError('JOB_CANCELLED');
  return new KdramaError('STREAM_NOT_READY', 'the transcode of this video failed', {
    hint: `GET …/jobs/${newest.jobId} says why; POST …/jobs/${newest.jobId}/retry goes on.`,
  });
}

/** What makes bytes come that are missing because somebody stopped the work; undefined where nobody did. */
export function whatToResume(jobs: Parameters<typeof whyHopeless>[0]): string | undefined {
  const open = jobs.find(({ status }) => !finalJobStates.includes(status));
  if (open?.status !== 'paused') return undefined;
  return `Its job is paused: kdrama resume ${open.jobId}, or POST …/jobs/${open.jobId}/resume.`;
}

/**
 * What to answer while bytes are missing: that they will never come, or when to ask again; what makes them come
 * where no time says so.
 */
export function notReady(
  jobs: Parameters<typeof whyHopeless>[0],
  detail: string,
  retryAfterSeconds?: number,
): KdramaError {
  const hopeless = whyHopeless(jobs);
  if (hopeless !== undefined) return hopeless;
  if (retryAfterSeconds !== undefined) {
    return new KdramaError('STREAM_NOT_READY', detail, { details: { retryAfterSeconds } });
  }
  const [newest] = jobs;
  const retry = newest && `Making it failed: kdrama retry ${newest.jobId} tries again.`;
  const hint = whatToResume(jobs) ?? retry;
  return new KdramaError('STREAM_NOT_READY', detail, hint === undefined ? {} : { hint });
}
