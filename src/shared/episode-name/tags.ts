/** What release names say of the file itself, and where they begin to. */
export interface Tags {
  readonly resolution: string;
  readonly language: string;
  readonly group: string;
  /** Where the first one stands; the length of the text when there is none. */
  readonly start: number;
}

const resolution = String.raw`\d{3,4}[pi]|\d{3,4}x\d{3,4}`;
const anyCase = [
  resolution,
  'HDTV|PDTV|SDTV|DSR|WEB-?DL|WEB-?Rip|HD-?Rip|BluRay|Blu-ray|BD-?Rip|BR-?Rip|DVD-?Rip|DVD',
  String.raw`[xh]\.?26[45]|HEVC|AVC|XviD|DivX|10-?bits?|Hi10P?`,
  String.raw`AAC(?:\d\.\d)?|E?AC-?3|DDP?(?:\+?\d\.\d)?|DTS|FLAC|Atmos|TrueHD|MP3`,
  'VOSTFR|(?:english|korean|japanese|multiple)[ ._]sub[a-z]*|(?:eng|kor|jpn)?-?subs?(?:bed)?',
].join('|');
const oneCase = [
  'OPUS|4K|UHD|HDR|HDR10|SDR|DV|WEB|web(?=[ ._-][xh])|BD',
  'NF|AMZN|DSNP|HULU|HMAX|ATVP|TVING|WAVVE|VIKI|VIU|iQIYI|CR',
  'WS|PROPER|REPACK|RERIP|REAL|iNTERNAL|INTERNAL|COMPLETE|LIMITED|IMAX|MULTi|MULTI|DUAL|DUBBED',
  'END|완결|최종회|마지막회|합본|고화질|자막|더빙|(?:우리말|한국어) ?더빙|한글 ?자막',
].join('|');
const bounds = (inner: string) => `(?<![A-Za-z0-9가-힣])(?:${inner})(?![A-Za-z0-9가-힣])`;
const tagPatterns = [new RegExp(bounds(anyCase), 'gi'), new RegExp(bounds(oneCase), 'g')];

/** ISO 639-1 by the words that releases use. */
const languages = [
  ['ko', 'Korean|KOR'],
  ['ja', 'Japanese|JPN|JAP'],
  ['zh', 'Chinese|Mandarin|CHI'],
  ['en', 'English|ENG'],
  ['fr', 'French'],
  ['de', 'German'],
  ['es', 'Spanish'],
  ['it', 'Italian'],
  ['ru', 'Russian|RUS'],
  ['th', 'Thai'],
].map(([code = '', words = '']) => ({ code, word: new RegExp(bounds(words), 'gi') }));
const dubbed = /(?:우리말|한국어) ?더빙/;

/** The tags of a name from `from` on, where its own words (series, episode) end. */
export function readTags(text: string, from: number): Tags {
  const spans = tagPatterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: tag }) => ({
      start: index,
      end: index + tag.length,
    })),
  );
  const tags = spans.filter(({ start }) => start >= from).toSorted((a, b) => a.start - b.start);
  const spoken = languagesOf(text, from, tags[0]?.start);
  const start = Math.min(tags[0]?.start ?? text.length, ...spoken.map(({ index }) => index));
  const named = [...new Set(spoken.map(({ code }) => code))];
  return {
    resolution: resolutionOf(text.slice(from)),
    language: dubbed.test(text) ? 'ko' : named.length === 1 ? (named[0] ?? '') : '',
    group: groupOf(text, tags),
    start,
  };
}

/** Before the first other tag it is one in capitals or alone there: `The French Connection` is none. */
function languagesOf(text: string, from: number, firstTag: number | undefined) {
  if (firstTag === undefined) return [];
  const alone = text.slice(from, firstTag).replace(/[ ._-]/g, '');
  const isLanguage = ({ index, 0: word }: RegExpExecArray) =>
    index >= from &&
    (index > firstTag || word === word.toUpperCase() || word === alone) &&
    !/^[ ._-]?sub/i.test(text.slice(index + word.length));
  return languages.flatMap(({ code, word }) =>
    [...text.matchAll(word)].filter(isLanguage).map(({ index }) => ({ code, index })),
  );
}

function resolutionOf(text: string): string {
  const match =
    /(?<![a-z0-9])(?:(?<lines>\d{3,4})(?<scan>[pi])|\d{3,4}x(?<height>\d{3,4}))(?![a-z0-9])/i.exec(
      text,
    );
  const { lines, scan, height } = match?.groups ?? {};
  if (lines !== undefined) return `${lines}${scan?.toLowerCase()}`;
  if (height !== undefined) return `${height}p`;
  return /(?<![A-Za-z0-9])(?:4K|UHD)(?![A-Za-z0-9])/.test(text) ? '2160p' : '';
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** `-GROUP` at the end, or `.GROUP` right after the last tag. */
function groupOf(text: string, tags: readonly Span[]): string {
  if (tags.length === 0) return '';
  const tagsEnd = Math.max(...tags.map(({ end }) => end));
  const dashed = /-(?<group>[a-z0-9]{2,20})(?:\[[^\]]*\])?$/i.exec(text.trimEnd());
  if (dashed !== null && dashed.index >= tagsEnd) return dashed.groups?.['group'] ?? '';
  return /^\.([A-Z0-9]{3,20})$/.exec(text.slice(tagsEnd))?.[1] ?? '';
}
