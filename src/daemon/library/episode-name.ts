import { extensionOf, videoExtensions } from '../../shared/formats.js';

export interface EpisodeName {
  /** What a list shows: the name up to and including its episode number, or all of it. */
  readonly title: string;
  /** `''` when unknown. */
  readonly series: string;
  readonly season: number | null;
  readonly episode: number | null;
}

/** In this order: the more a pattern says, the earlier it is tried. */
const patterns: readonly RegExp[] = [
  /(?<![a-z0-9])s(?<season>\d{1,2})[ ._-]*e(?<episode>\d{1,4})(?!\d)/i,
  /시즌 ?(?<season>\d{1,2})[ ._-]*(?:e|ep\.? ?)(?<episode>\d{1,4})(?!\d)/i,
  /시즌 ?(?<season>\d{1,2})[ ._-]*제? ?(?<episode>\d{1,4}) ?[화회]/,
  /제 ?(?<episode>\d{1,4}) ?[화회]/,
  /(?<!\d)(?<episode>\d{1,4}) ?[화회]/,
  /(?<![a-z0-9])(?:episode|ep\.?|e)[ ._]?(?<episode>\d{1,4})(?![\da-z])/i,
];

/** Reads series, season and episode out of a file's name, as far as it says them plainly. */
export function parseEpisodeName(filename: string): EpisodeName {
  const name = withoutExtension(filename.normalize('NFC'));
  const match = patterns.map((pattern) => pattern.exec(name)).find((found) => found !== null);
  if (!match) return { title: name, series: '', season: null, episode: null };
  const { season, episode } = match.groups ?? {};
  return {
    title: readable(name.slice(0, match.index + match[0].length)) || name,
    series: readable(name.slice(0, match.index)),
    season: season === undefined ? null : Number(season),
    episode: episode === undefined ? null : Number(episode),
  };
}

function withoutExtension(name: string): string {
  const extension = extensionOf(name);
  return videoExtensions.includes(extension) ? name.slice(0, -extension.length - 1) : name;
}

/** Release names write dots and underscores for spaces and begin with their group in brackets. */
function readable(text: string): string {
  const bare = text.replace(/^\[[^\]]*\]/, '');
  const spaced = bare.trim().includes(' ') ? bare : bare.replace(/[._]+/g, ' ');
  return spaced.replace(/^[\s._-]+|[\s._-]+$/g, '');
}
