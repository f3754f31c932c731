import { findDate } from './date.js';
import type { EpisodeName } from './episode-name.js';
import { takeLeader } from './leader.js';
import { findMarker, type Marker } from './marker.js';
import { plainSpelling, readable } from './spelling.js';
import { readTags, type Tags } from './tags.js';

/** Stands where a date was: no name has it. */
const gap = '\u0000';

/** What one name, of a file without its extension or of a folder, says by itself. */
export function readName(name: string): EpisodeName {
  const { group, rest } = takeLeader(hyphensAsSpaces(plainSpelling(name).trim()));
  const date = findDate(rest);
  const text = date === undefined ? rest : rest.slice(0, date.start) + gap + rest.slice(date.end);
  const marker = findMarker(text, group !== '');
  const tags = readTags(text, marker?.end ?? 0);
  const base = {
    date: date?.value ?? '',
    resolution: tags.resolution,
    language: tags.language,
    group: groupOf(text, group, tags, marker),
  };
  const names = namesOf(text, marker, tags);
  return { ...nothing, ...base, ...names };
}

const nothing = { series: '', season: null, episode: null, lastEpisode: null, episodeTitle: '' };

function namesOf(text: string, marker: Marker | undefined, tags: Tags) {
  if (marker === undefined) return namesByDate(text, tags);
  const { season, episode, lastEpisode } = marker;
  if (episode === null && season !== 0 && !isSeasonOnly(text, marker, tags)) return {};
  const head = readable(text.slice(0, marker.start).replace(gap, ' '));
  const numbered = season === null && marker.isSpelledOut ? withNumber(head) : undefined;
  return {
    ...(numbered ?? { series: head, season }),
    episode,
    lastEpisode,
    episodeTitle: titleOf(text.slice(marker.end, tags.start)),
  };
}

/** A bare `S2` may be a telephone: a whole season is one in words, or `S02` among a release's tags. */
function isSeasonOnly(text: string, { start, end }: Marker, tags: Tags): boolean {
  const words = text.slice(start, end);
  return !/^s\d/i.test(words) || (/^s0/i.test(words) && tags.start < text.length);
}

/** `모범택시 2`, `모범택시2`, `Voice 3`: up to here it is a season, higher (`프로듀스 48`) a name. */
const highestNumber = 12;
/** `더 글로리 파트2`, `The Glory Part 2`: within a season, or one; nobody knows. */
const partWord = /(?:^|[\s._])(?:part|vol(?:ume)?|chapter|book|파트|챕터)[\s.]*$/i;

function withNumber(head: string) {
  const match = /^(?<series>.*(?:[가-힣]|[^\s\d]\s))(?<number>\d{1,2})$/.exec(head);
  const season = Number(match?.groups?.['number']);
  const series = match?.groups?.['series'] ?? '';
  if (!(season >= 2 && season <= highestNumber) || partWord.test(series)) return undefined;
  return { series: readable(series), season };
}

/** Shows that are known by their day; what bears a time too, or nothing else, is a clip. */
function namesByDate(text: string, tags: Tags) {
  const [head = '', tail] = text.split(gap);
  if (tail === undefined || timeOfDay.test(tail)) return {};
  if (tags.start === text.length && !head.endsWith(' - ')) return {};
  return { series: readable(head), episodeTitle: titleOf(text.slice(head.length, tags.start)) };
}

const timeOfDay = /^[ ._-]*(?:at |오[전후] )?\d{1,2}([.:-]?\d{2}){2}/;

/** What a person wrote after the number, up to brackets and what is in them. */
function titleOf(text: string): string {
  const bare = text.replace(/\[.*$/s, '').replace(/\((?:\d*\)|[^)]*$)/g, ' ');
  return (
    bare
      .split(gap)
      .map(readable)
      .find((part) => /\p{L}/u.test(part)) ?? ''
  );
}

/** At the end of an episode's name a word alone in brackets is its group too: `[Lunar]`. */
function groupOf(text: string, leading: string, tags: Tags, marker: Marker | undefined): string {
  if (leading !== '' && (marker !== undefined || tags.start < text.length)) return leading;
  const closing = /\[(?<group>[A-Za-z][\w .-]*)\]$/.exec(text);
  const isGroup = marker !== undefined && tags.start === text.length;
  return tags.group || (isGroup ? (closing?.groups?.['group'] ?? '') : '');
}

/** `the-penthouse-e07-720p`: where nothing else parts the words, hyphens do. */
function hyphensAsSpaces(text: string): string {
  return /[\s._]/.test(text) || !/-[a-z]*\d[^-]*-/i.test(text) ? text : text.replace(/-/g, ' ');
}
