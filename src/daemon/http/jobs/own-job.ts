import type { Context } from 'hono';
import type { JobView } from '../../../shared/contract/index.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Jobs } from '../../jobs/service.js';
import type { Store } from '../../store/store.js';
import { mayControl, mayRead } from '../auth/ownership.js';
import type { AppEnv } from '../env.js';

export type ReadableJobs = Pick<Jobs, 'view' | 'isReader'>;

/**
 * A job, by its id or its video's, for who may read it. To everybody else it does not exist: throws
 * TRANSCODE_JOB_NOT_FOUND.
 */
export function findJob(c: Context<AppEnv>, jobs: ReadableJobs, id: string): JobView {
  const job = jobs.view(id);
  if (job === undefined || !mayRead(c.get('viewer'), job, jobs.isReader)) {
    throw new KdramaError('TRANSCODE_JOB_NOT_FOUND', id);
  }
  return job;
}

/** The same for who may control it. Throws AUTH_INSUFFICIENT_PERMISSIONS for who may only read it. */
export function findOwnJob(c: Context<AppEnv>, jobs: ReadableJobs, id: string): JobView {
  const job = findJob(c, jobs, id);
  if (mayControl(c.get('viewer'), job)) return job;
  throw new KdramaError('AUTH_INSUFFICIENT_PERMISSIONS', 'this job is of somebody else', {
    hint: 'You may follow it and read its results; ask its owner or an admin to change it.',
  });
}

/**
 * What a new job of a video is marked with. It changes what everybody watches: so only who added the
 * video, or an admin, has it made in another way. Asking for what is there already changes nothing.
 */
export function submitterOf(
  c: Context<AppEnv>,
  { videos }: Pick<Store, 'videos'>,
  videoId: string,
): { readonly owner: string; readonly onlyExisting: boolean } {
  const viewer = c.get('viewer');
  if (viewer === null) throw new KdramaError('AUTH_INVALID_TOKEN');
  const video = videos.find(videoId);
  return {
    owner: viewer.id,
    onlyExisting: video !== undefined && !mayControl(viewer, video),
  };
}
