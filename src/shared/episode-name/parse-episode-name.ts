import type { EpisodeName } from './episode-name.js';
import { namesOfFolders, type FolderNames } from './folders.js';
import { splitPath } from './path.js';
import { readName } from './read-name.js';
import { plainSpelling, readable } from './spelling.js';
import { readTags } from './tags.js';

/**
 * Reads what a file's path says plainly and leaves the rest open: no series is better than a wrong
 * one. Folders give series and season where the name does not.
 */
export function parseEpisodeName(path: string): EpisodeName {
  const { name, folders } = splitPath(path);
  const own = readName(name);
  const release = folders[0] === undefined ? own : readName(folders[0]);
  if (saysNothing(own) && release.episode !== null) return release;
  if (isLike(release, own)) return { ...own, series: release.series };
  const names = namesOfFolders(folders);
  const read =
    own.episode === null && own.season === null ? { ...own, ...inFolder(name, names) } : own;
  if (read.episode === null && read.season === null) return read;
  return { ...read, series: read.series || names.series, season: read.season ?? names.season };
}

/** `Signal.S01E03.HDTV/signal.103.hdtv`: files are named carelessly in a folder with the whole name. */
function isLike(release: EpisodeName, { series, season, episode }: EpisodeName): boolean {
  const isSame = release.season === season && release.episode === episode;
  return isSame && episode !== null && release.series.toLowerCase() === series.toLowerCase();
}

function saysNothing({ episode, season, date, resolution }: EpisodeName): boolean {
  return episode === null && season === null && date === '' && resolution === '';
}

/** Only in a series' or a season's folder a bare number is an episode: `Season 2/03`. */
function inFolder(name: string, { series, season, isCertain }: FolderNames): Partial<EpisodeName> {
  const text = plainSpelling(name);
  const repeated = series !== '' && text.toLowerCase().startsWith(series.toLowerCase());
  const rest = repeated ? text.slice(series.length) : text;
  const match = /^[ ._-]*(?<number>\d{1,4})(?<title>[ ._-].*)?$/s.exec(rest);
  if (match !== null && (isCertain || repeated)) {
    return {
      episode: episodeOf(match.groups?.['number'] ?? '', season),
      episodeTitle: ownWords(match.groups?.['title'] ?? ''),
    };
  }
  return season === null ? {} : { season, episodeTitle: ownWords(rest) };
}

/** `Season 2/203` says its season again. A first one may have that many: daily dramas do. */
function episodeOf(number: string, season: number | null): number {
  const own = number.slice(String(season).length);
  const saysBoth = number === `${season}${own}` && /^(?!00)\d\d$/.test(own);
  return Number(saysBoth && season !== 1 ? own : number);
}

function ownWords(text: string): string {
  return readable(text.slice(0, readTags(text, 0).start));
}
