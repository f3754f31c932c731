import { isChannel, takeLeader } from './leader.js';
import { findMarker } from './marker.js';
import { hasNote, plainSpelling, readable } from './spelling.js';
import { readTags } from './tags.js';

/** What the folders of a file say. */
export interface FolderNames {
  readonly series: string;
  readonly season: number | null;
  /** It is surely a series' folder: with a season, a year, an id of a metadata site. */
  readonly isCertain: boolean;
}

/** Folders that hold anything. */
const anything = new Set(
  [
    'videos|video|movies|movie|films|tv|tv shows|tv series|shows|series|drama|dramas|kdrama|kdramas|k-drama|anime',
    'media|downloads|download|desktop|documents|incoming|complete|completed|torrents|temp|tmp|new folder|unsorted',
    'library|public|shared|share|nas|plex|jellyfin|kodi|archive|backup|extras|subs|sample|usb|disk|data|files',
    '동영상|비디오|영상|영화|드라마|한국드라마|한드|미드|일드|중드|예능|애니|애니메이션|다큐|다운로드|바탕화면|바탕 화면',
    '문서|내 동영상|미디어|새 폴더|완결|완결드라마|방영중|공유|백업|자막',
  ].flatMap((line) => line.split('|')),
);

const seasonFolder =
  /^(?:(?:season|series|시즌|staffel|saison|temporada|s)[ ._]?(?<season>\d{1,4})|(?<special>specials?|스페셜|특별편))$/i;

/** What the folders, nearest first, say of series and season. */
export function namesOfFolders([nearest, ...above]: readonly string[]): FolderNames {
  if (nearest === undefined) return { series: '', season: null, isCertain: false };
  const name = readable(plainSpelling(nearest));
  const match = seasonFolder.exec(name);
  if (match === null) return seriesFolder(nearest);
  const season = match.groups?.['special'] === undefined ? Number(match.groups?.['season']) : 0;
  return {
    series: above[0] === undefined ? '' : seriesFolder(above[0]).series,
    season,
    isCertain: true,
  };
}

function seriesFolder(folder: string): FolderNames {
  const text = takeLeader(plainSpelling(folder)).rest;
  const marker = findMarker(text, false);
  const isSeason = marker !== undefined && marker.episode === null;
  const end = isSeason ? marker.start : readTags(text, 0).start;
  const head = text.slice(0, end);
  const series = isSeries(readable(head)) ? readable(head) : '';
  return { series, season: isSeason ? marker.season : null, isCertain: isSeason || hasNote(text) };
}

function isSeries(name: string): boolean {
  return /\p{L}/u.test(name) && !anything.has(name.toLowerCase()) && !isChannel(name);
}
