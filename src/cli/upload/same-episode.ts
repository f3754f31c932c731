import type { VideoView } from '../../shared/contract/index.js';
import type { Api } from '../api/client.js';
import { episodeName } from '../output/episode-words.js';

/**
 * The other files of the same episode that are in the library, the newest first; none when it is not
 * known which episode this is.
 */
export async function findSameEpisode(
  videoId: string,
  api: Pick<Api, 'video' | 'videos'>,
): Promise<VideoView[]> {
  const video = await api.video(videoId);
  if (video.series === '' || !video.episodeKnown) return [];
  const others = await api.videos({ series: video.series });
  return others.filter((other) => isOtherFile(video, other));
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

/** Pure: what the person is told of the file whose place is taken, and of `others` that stay. */
export function replacementWords(replaced: VideoView, others: readonly VideoView[]): string {
  const words = `Replaces ${replaced.id} (${episodeName(replaced)}) as soon as it is ready.`;
  if (others.length === 0) return words;
  const ids = others.map(({ id }) => id).join(', ');
  return `${words} That is the newest of ${others.length + 1} files of the episode; these stay: ${ids}`;
}
