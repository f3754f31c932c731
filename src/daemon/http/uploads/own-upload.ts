import type { Context } from 'hono';
import { KdramaError } from '../../../shared/errors.js';
import type { Uploads } from '../../uploads/uploads.js';
import { mayControl } from '../auth/ownership.js';
import type { AppEnv } from '../env.js';

/** Throws UPLOAD_NOT_FOUND unless the asking client may see the upload, expired or not. */
export function demandOwnUpload(c: Context<AppEnv>, uploads: Uploads, id: string): void {
  const owner = uploads.ownerOf(id);
  if (owner !== undefined && mayControl(c.get('viewer'), { owner })) return;
  throw new KdramaError('UPLOAD_NOT_FOUND', id);
}

/** Whose a new upload is. */
export function ownerOf(c: Context<AppEnv>): { readonly owner?: string } {
  const viewer = c.get('viewer');
  return viewer === null ? {} : { owner: viewer.id };
}
