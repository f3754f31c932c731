import type { Role } from '../../../shared/states.js';

/**
 * Whether someone may see and change an upload or a job: admins all, uploaders their own. To
 * everybody else it does not exist (404, never 403), so that nobody learns whose ids there are.
 */
export function mayControl(
  viewer: { readonly id: string; readonly role: Role } | null,
  thing: { readonly owner: string },
): boolean {
  if (viewer === null) return false;
  if (viewer.role === 'admin') return true;
  return viewer.role === 'uploader' && thing.owner === viewer.id;
}
