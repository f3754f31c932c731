import type { TrackName } from './playback.js';

/**
 * The index of the track that a choice made in another episode means: the same label and language,
 * else the first of the same language, else none (-1).
 */
export function findTrack(tracks: readonly TrackName[], wanted: TrackName): number {
  const same = tracks.findIndex(
    ({ language, label }) => language === wanted.language && label === wanted.label,
  );
  if (same !== -1 || wanted.language === '') return same;
  return tracks.findIndex(({ language }) => language === wanted.language);
}
