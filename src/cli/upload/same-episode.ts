import type { VideoView } from '../../shared/contract/index.js';
import type { Api } from '../api/client.js';

/**
 * The other file of the same episode that is in the library, the newest one; undefined when there is
 * none, or when it is not known which episode this is.
 */
export async function findSameEpisode(
  videoId: string,
  api: Pick<Api, 'video' | 'videos'>,
): Promise<VideoView | undefined> {
  const video = await api.video(videoId);
  if (video.series === '' || !video.episodeKnown) return undefined;
  const others = await api.videos({ series: video.series });
  return others.find((other) => isOtherFile(video, other));
}

/** Pure. A season that nobody named is the first; what is on its way out already is no other file. */
export function isOtherFile(video: VideoView, other: VideoView): boolean {
  return (
    other.id !== video.id &&
    other.replacedBy === null &&
    video.replacedBy !== other.id &&
    other.episodeKnown &&
    other.episode === video.episode &&
    (other.season ?? 1) === (video.season ?? 1)
  );
}
