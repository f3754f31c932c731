import type { EpisodeName } from './episode-name.js';
import { splitPath } from './path.js';

type Named = Pick<
  EpisodeName,
  'series' | 'season' | 'episode' | 'lastEpisode' | 'date' | 'episodeTitle'
>;

/**
 * What a list shows of an episode that nobody gave a title: `Goblin S01E03 The Bride`; without a
 * series, the name of its file.
 */
export function displayTitle(name: Named, filename: string): string {
  if (name.series === '') return splitPath(filename).name.normalize('NFC') || filename;
  const number = numberOf(name) || name.date;
  return [name.series, number, name.episodeTitle].filter((part) => part !== '').join(' ');
}

/** `S01E03`, `E03`, `S01E03-E04`, `S02`; a special without a number is `Special`. */
function numberOf({ season, episode, lastEpisode }: Named): string {
  if (season === 0 && episode === null) return 'Special';
  const last = lastEpisode === null ? '' : `-E${twoDigits(lastEpisode)}`;
  const number = episode === null ? '' : `E${twoDigits(episode)}${last}`;
  return season === null ? number : `S${twoDigits(season)}${number}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
