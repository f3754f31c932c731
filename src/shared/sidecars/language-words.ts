import { languageTag } from '../language.js';

/** Languages whose names are looked for in file names, in English and in themselves. */
const named = [
  ...[
    'ar',
    'bg',
    'cs',
    'da',
    'de',
    'el',
    'en',
    'es',
    'et',
    'fa',
    'fi',
    'fr',
    'he',
    'hi',
    'hr',
    'hu',
  ],
  ...[
    'id',
    'it',
    'ja',
    'ko',
    'lt',
    'lv',
    'ms',
    'nb',
    'nl',
    'no',
    'pl',
    'pt',
    'ro',
    'ru',
    'sk',
    'sl',
  ],
  ...['sr', 'sv', 'th', 'tl', 'tr', 'uk', 'vi', 'zh'],
];

/** What people write; some of it is the code of another language that nobody means by it. */
const spellings = new Map(
  Object.entries<string>({
    ...{ kr: 'ko', 한글: 'ko', 한글자막: 'ko', 영어: 'en', 영문: 'en', 일본어: 'ja', 일어: 'ja' },
    ...{ jp: 'ja', cn: 'zh', 중국어: 'zh', chs: 'zh-Hans', sc: 'zh-Hans', gb: 'zh-Hans' },
    ...{ cht: 'zh-Hant', tc: 'zh-Hant', big5: 'zh-Hant', 简体: 'zh-Hans', 繁體: 'zh-Hant' },
    ...{ 简体中文: 'zh-Hans', 繁體中文: 'zh-Hant', 繁体: 'zh-Hant', mandarin: 'zh' },
    ...{ cantonese: 'yue', brazilian: 'pt-BR', pob: 'pt-BR', latino: 'es-419', castilian: 'es' },
  }),
);

let names: ReadonlyMap<string, string> | undefined;

/** The language (BCP 47) that a word of a file name is; undefined for a word that is none. */
export function languageOfWord(word: string): string | undefined {
  const plain = word.normalize('NFC').toLowerCase();
  names ??= languageNames();
  const found = spellings.get(plain) ?? names.get(plain);
  if (found !== undefined) return found;
  if (!/^[a-z]{2,3}(?:[-_](?:[a-z]{4}|[a-z]{2}|\d{3})){0,2}$/.test(plain)) return undefined;
  const tag = languageTag(plain.replaceAll('_', '-'));
  return tag !== 'und' && isKnown(tag) ? tag : undefined;
}

function languageNames(): ReadonlyMap<string, string> {
  const english = new Intl.DisplayNames(['en'], { type: 'language' });
  return new Map(
    named.flatMap((tag) => {
      const own = new Intl.DisplayNames([tag], { type: 'language' });
      return [english, own].map((each) => [each.of(tag)?.toLowerCase() ?? tag, tag] as const);
    }),
  );
}

/** Any three letters are a well-formed tag; few of them are a language. */
function isKnown(tag: string): boolean {
  const known = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  return known.of(new Intl.Locale(tag).language) !== undefined;
}
