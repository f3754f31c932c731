import { captureNumber } from './capture-number.js';

/** What a name says of season and episode, and where it says it. */
export interface Marker {
  readonly season: number | null;
  readonly episode: number | null;
  /** Of a file that holds several. */
  readonly lastEpisode: number | null;
  readonly start: number;
  readonly end: number;
  /** By a word (`E03`, `3화`), not by a bare number. */
  readonly isSpelledOut: boolean;
}

const counter = '[화회話话集]';
const nth = '(?:[제第] ?)?';

const spelledOut: readonly RegExp[] = [
  // S01E03, s01xe02, E03, Ep 04, Episode 5; E01-E02, E07E08, S01E01.S01E02, E31-32
  /(?<=(?<![a-z0-9])(?:s\d{1,4}x?)?)(?:episode[ ._-]{0,3}|ep[ ._]{0,2}|e)(?<first>\d{1,5})(?<more>(?:[-~]\d{1,4}(?![a-z0-9]))+|(?:[ ._]{0,3}[-~+&]?[ ._]{0,3}(?:s\d{1,4})?ep?\d{1,5})*)(?:v\d)?(?![a-z0-9])/i,
  // 1x07; 2x04.2x05, 2x04x05, 8x01_02
  /(?<![a-z0-9])s?(?<season>\d{1,2})x(?<first>\d{2,4})(?<more>(?:[-_]\d{2,3}(?![a-z0-9]))+|(?:x\d{2,3}|[ ._-]{0,3}(?:\d{1,2}x|e)\d{2,3})*)(?![a-z0-9])/i,
  // 제3화, 12회; 1-2회, 1,2회, 제1화~제4화
  new RegExp(
    `${nth}(?<!\\d)(?<first>\\d{1,4})(?<more>${counter}? ?[-~,] ?${nth}\\d{1,4})?${counter}(?![가-힣])`,
  ),
  new RegExp(`[제第] ?(?<first>\\d{1,4}) ${counter}(?![가-힣])`),
  /(?<=[ ._])#(?<first>\d{1,4})(?!\d)/,
  // 5of9; one of two is as often half a film
  /(?<![a-z0-9])(?:part[ ._]?)?(?<first>\d{1,2})of(?!0?[012](?!\d))\d{1,2}(?![a-z0-9])/i,
];

/** Fansub releases: `Name - 07`, `Name - 01-12`. A year is none, `Name - 2` may be a film. */
const dashed =
  /[ ._]-[ ._]{1,2}(?!(?:19|20)\d\d(?!\d))(?<first>\d{2,4})(?<more>[-~]\d{1,4})?(?:v\d)?(?!\.\d)(?=$|[ ._[({])/i;
/** Where a group in brackets stands first, without a dash too: `[K-F] Name 214`, `[Sub] Name [05]`. */
const afterGroup: readonly RegExp[] = [
  dashed,
  /[ ._](?!(?:19|20)\d\d(?!\d))(?<first>\d{2,4})(?<more>[-~]\d{2,4})?(?:v\d)?(?=[ ._]{0,2}(?:$|[[(]))/i,
  /[ ._]?\[(?<first>\d{2,3})(?:v\d| ?END)?\]/i,
];

const seasonWords: readonly RegExp[] = [
  /(?<![a-z])(?:season|시즌|staffel|saison|temporada)[ ._]?(?<season>\d{1,4})(?!\d)/i,
  /(?<!\d)(?<season>\d{1,2})(?:st|nd|rd|th)[ ._]season(?![a-z])/i,
  /(?:제 ?)?(?<!\d)(?<season>\d{1,2})기(?![가-힣])/,
];
const seasonLetter = /(?<![a-z0-9])s(?<season>\d{1,4})(?=x?ep?\d|[^a-z0-9]|$)/i;

/** `드라마 스페셜` is a series, and so may be what begins with the word. */
const specials: readonly RegExp[] = [
  /(?<!드라마 ?)스페셜(?: ?(?<first>\d{1,3})[화회]?)?(?![ ._-]*[가-힣]|[a-z0-9])/i,
  /(?<=[ ._-])SP(?<first>\d{1,2})?(?![A-Za-z0-9])/,
  /(?<=[ ._-])(?:OVA|OAD|Special)[ ._](?<first>\d{1,2})(?!\d)/,
];

/** The season and the episode that a name gives. `hasGroup`: it begins with a group in brackets. */
export function findMarker(text: string, hasGroup: boolean): Marker | undefined {
  const episode = findEpisode(text, hasGroup);
  const before = (found: RegExpExecArray | undefined) =>
    found !== undefined && (episode === undefined || found.index < episode.end) ? found : undefined;
  const special = before(firstOf(specials, text));
  if (special !== undefined) return specialOf(special, episode);
  const season = before(firstOf([...seasonWords, seasonLetter], text));
  if (season === undefined) return episode;
  const number = Number(season.groups?.['season']);
  if (episode === undefined) return { ...noEpisode, ...placeOf(season), season: number };
  return {
    ...episode,
    season: episode.season ?? number,
    start: Math.min(season.index, episode.start),
  };
}

const noEpisode = { season: null, episode: null, lastEpisode: null, isSpelledOut: true };

function specialOf(match: RegExpExecArray, episode: Marker | undefined): Marker {
  const place = placeOf(match);
  const first = match.groups?.['first'];
  if (first !== undefined) return { ...noEpisode, ...place, season: 0, episode: Number(first) };
  return { ...noEpisode, ...place, ...episode, season: 0, start: place.start };
}

function findEpisode(text: string, hasGroup: boolean): Marker | undefined {
  const named = earliestOf(spelledOut, text);
  const found = named ?? bareNumber(text, hasGroup) ?? captureNumber(text);
  if (found === undefined) return undefined;
  const { season, first, more } = found.groups ?? {};
  const episode = Number(first);
  const last = Number(more?.match(/\d+/g)?.at(-1));
  return {
    season: season === undefined ? null : Number(season),
    episode,
    lastEpisode: last > episode && last - episode < mostInOneFile ? last : null,
    ...placeOf(found),
    isSpelledOut: named !== undefined,
  };
}

/** Without a group only after a name: `7 - 12 Angry Men` is no twelfth episode of `7`. */
function bareNumber(text: string, hasGroup: boolean): RegExpExecArray | undefined {
  const found = firstOf(hasGroup ? afterGroup : [dashed], text);
  return hasGroup || /\p{L}/u.test(text.slice(0, found?.index)) ? found : undefined;
}

/** More is another number. */
const mostInOneFile = 200;

function placeOf(match: RegExpExecArray) {
  return { start: match.index, end: match.index + match[0].length };
}

function matchesOf(patterns: readonly RegExp[], text: string): RegExpExecArray[] {
  return patterns.map((pattern) => pattern.exec(text)).filter((match) => match !== null);
}

/** The match of the first pattern that has one: the more a pattern says, the earlier it is tried. */
function firstOf(patterns: readonly RegExp[], text: string): RegExpExecArray | undefined {
  return matchesOf(patterns, text)[0];
}

function earliestOf(patterns: readonly RegExp[], text: string): RegExpExecArray | undefined {
  return matchesOf(patterns, text).toSorted((a, b) => a.index - b.index)[0];
}
