import { extensionOf } from '../formats.js';
import { languageOfWord } from './language-words.js';

/** Of subtitles that are text. */
export const textExtensions: readonly string[] = ['srt', 'ass', 'ssa', 'vtt', 'smi', 'sami'];
/** Of subtitles that are pictures, which nothing here can read as words. */
export const pictureExtensions: readonly string[] = ['sub', 'idx', 'sup'];

/** What the name of a subtitle file says of what is in it. */
export interface SubtitleName {
  /** BCP 47; undefined where it says none. */
  readonly language: string | undefined;
  /** Only what has to be read by everybody: signs, another language. */
  readonly isForced: boolean;
  /** For the deaf and hard of hearing: with sounds and who speaks. */
  readonly isSdh: boolean;
}

const forcedWords = ['forced', 'foreign', 'signs'];
const sdhWords = ['sdh', 'cc', 'hi', 'hoh'];
/** They say nothing of what matters here. */
const emptyWords = [
  'default',
  'full',
  'sub',
  'subs',
  'subtitle',
  'subtitles',
  '자막',
  'utf8',
  'utf',
];

export function isTextSubtitle(name: string): boolean {
  return textExtensions.includes(extensionOf(name));
}

/** A file's name without its extension, spelled so that names can be compared. */
export function stemOf(name: string): string {
  const extension = extensionOf(name);
  const stem = extension === '' ? name : name.slice(0, -extension.length - 1);
  return stem.normalize('NFC').toLowerCase();
}

/**
 * What `name` says where it is the video's with languages and flags behind it (`Title.E01.ko.srt`
 * beside `Title.E01.mkv`); undefined when it is another one's: of `Title.E01.Extended`, say.
 */
export function sidecarName(videoName: string, name: string): SubtitleName | undefined {
  const [video, subtitle] = [stemOf(videoName), stemOf(name)];
  if (video === '' || !subtitle.startsWith(video)) return undefined;
  const rest = subtitle.slice(video.length);
  if (rest !== '' && !/^[\s._\-[(]/.test(rest)) return undefined;
  return readWords(rest);
}

/** What the last words of a name say, whatever stands before them: `Other name.eng.forced.srt`. */
export function trailingName(name: string): SubtitleName {
  const words = stemOf(name).split('.').slice(1);
  for (let from = 0; from <= words.length; from += 1) {
    const read = readWords(words.slice(from).join('.'));
    if (read !== undefined) return read;
  }
  return { language: undefined, isForced: false, isSdh: false };
}

/** undefined where a word is none of those that are known. */
export function readWords(text: string): SubtitleName | undefined {
  const words = text
    .split(/[\s._[\](){},+&]+/)
    .flatMap(partsOf)
    .filter((word) => word !== '');
  const languages = words.map(languageOfWord);
  // `hi` alone is Hindi; beside a language it is "hearing impaired".
  const others = words.flatMap((word, at) => (word === 'hi' ? [] : (languages[at] ?? [])));
  const language = others[0] ?? (words.includes('hi') ? 'hi' : undefined);
  const isKnown = words.every((word, at) => {
    const isNumber = /^\d{1,2}$/.test(word) && language !== undefined;
    const isFlag = [...forcedWords, ...sdhWords, ...emptyWords].includes(word);
    return isNumber || isFlag || languages[at] !== undefined;
  });
  if (!isKnown) return undefined;
  return {
    language,
    isForced: words.some((word) => forcedWords.includes(word)),
    isSdh: words.some((word) => sdhWords.includes(word) && (word !== 'hi' || others.length > 0)),
  };
}

/** `pt-br` is one word, `en-forced` two. */
function partsOf(word: string): string[] {
  const isTag = /^[a-z]{2,3}-[a-z\d]{2,4}$/.test(word) && languageOfWord(word) !== undefined;
  return isTag ? [word] : word.split('-');
}
