import type { Role } from '../../../shared/states.js';

interface Asking {
  readonly id: string;
  readonly role: Role;
}

/**
 * Whether someone may see and change an upload or a job: admins all, uploaders their own. To
 * everybody else it does not exist (404, never 403), so that nobody learns whose ids there are.
 */
export function mayControl(viewer: Asking | null, thing: { readonly owner: string }): boolean {
  if (viewer === null) return false;
  if (viewer.role === 'admin') return true;
  return viewer.role === 'uploader' && thing.owner === viewer.id;
}

/** Whether somebody asked for what the job of another one is already. */
export type IsReader = (jobId: string, who: string) => boolean;

/** A job is read by whoever controls it, and by uploaders who were answered with it. */
export function mayRead(
  viewer: Asking | null,
  job: { readonly jobId: string; readonly owner: string },
  isReader: IsReader,
): boolean {
  if (mayControl(viewer, job)) return true;
  return viewer?.role === 'uploader' && isReader(job.jobId, viewer.id);
}
