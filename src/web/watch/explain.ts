import type { VideoView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { fetchVideo } from '../api.js';
import type { PlaybackFailure } from '../player/playback.js';

/**
 * Why playback ended, asked of the daemon, since a player only knows that bytes did not come.
 * Throws AUTH_INVALID_TOKEN when the browser is signed in no more.
 */
export async function explainFailure(videoId: string, failure: PlaybackFailure): Promise<string> {
  if (failure === 'media') return 'This browser could not play this part.';
  try {
    return whyNotMade(await fetchVideo(videoId));
  } catch (error) {
    if (!(error instanceof KdramaError) || error.code === 'AUTH_INVALID_TOKEN') throw error;
    return [error.message, error.hint].filter((part) => part !== undefined).join('. ');
  }
}

/** The job's own words where it ended without making everything. */
export function whyNotMade({ status, error }: Pick<VideoView, 'status' | 'error'>): string {
  if (status !== 'failed' && status !== 'cancelled') return 'This part could not be loaded.';
  return error?.message ?? 'This video could not be made.';
}
