import type { Context } from 'hono';
import { KdramaError } from '../../../shared/errors.js';
import type { Store } from '../../store/store.js';
import { mayControl } from '../auth/ownership.js';
import type { Video } from '../../store/videos.js';
import type { AppEnv } from '../env.js';

/**
 * Throws STREAM_VIDEO_NOT_FOUND, and AUTH_INSUFFICIENT_PERMISSIONS for somebody else's: everybody
 * may watch it, so nothing is to be hidden.
 */
export function demandOwnVideo(
  c: Context<AppEnv>,
  { store }: { readonly store: Pick<Store, 'videos'> },
  id: string,
): Video {
  const video = store.videos.find(id);
  if (video === undefined) throw new KdramaError('STREAM_VIDEO_NOT_FOUND', id);
  if (mayControl(c.get('viewer'), video)) return video;
  throw new KdramaError('AUTH_INSUFFICIENT_PERMISSIONS', 'expected its uploader, or an admin');
}
