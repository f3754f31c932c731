import type { JobView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { finalJobStates } from '../../shared/states.js';
import { remoteError } from '../api/remote-error.js';

/** What someone waits for. `verdict`: the probe has said whether this is an episode at all. */
export type Goal = 'verdict' | 'playable' | 'ready';

/** Whether there is nothing more to wait for; a failed or cancelled job is the end of every wait. */
export function isReached(goal: Goal, job: JobView): boolean {
  if (finalJobStates.includes(job.status)) return true;
  if (goal === 'verdict') return !isBeingProbed(job);
  return goal === 'playable' && job.playable;
}

/** `submitted` until a probe is claimed, `processing` in these stages until it has ended. */
function isBeingProbed({ status, stage }: JobView): boolean {
  const early = stage === 'probing' || stage === 'planning';
  return status === 'submitted' || (status === 'processing' && early);
}

/**
 * Why a job that ended missed the goal; undefined when it did not. A job that was cancelled or
 * failed after it became playable has reached `playable`; a cancelled one is no bad verdict on its
 * file.
 */
export function missedGoal(goal: Goal, job: JobView): KdramaError | undefined {
  if (job.status !== 'failed' && job.status !== 'cancelled') return undefined;
  if (goal === 'playable' && job.playable) return undefined;
  if (goal === 'verdict' && job.status === 'cancelled') return undefined;
  const details = { jobId: job.jobId, videoId: job.videoId };
  if (job.error !== null) {
    return remoteError(job.error.code, job.error.message, { details }, 'TRANSCODE_FAILED');
  }
  return new KdramaError(
    job.status === 'cancelled' ? 'JOB_CANCELLED' : 'TRANSCODE_FAILED',
    undefined,
    {
      details,
    },
  );
}
