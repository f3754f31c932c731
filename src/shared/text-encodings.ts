/**
 * Encodings that subtitle files are found in, by the names of the WHATWG Encoding Standard, but for
 * CP949: what is called EUC-KR is always read as it, since it holds EUC-KR and the 8,822 syllables
 * that EUC-KR lacks.
 */
export const encodings = [
  ...(['utf-8', 'utf-16le', 'utf-16be'] as const),
  ...(['cp949', 'shift_jis', 'euc-jp', 'gb18030', 'big5'] as const),
  ...(['windows-1250', 'windows-1251', 'windows-1252', 'windows-1253', 'windows-1254'] as const),
  ...(['windows-1255', 'windows-1256', 'windows-1257', 'windows-1258', 'windows-874'] as const),
  'koi8-r',
] as const;
export type Encoding = (typeof encodings)[number];

const otherNames = new Map(
  Object.entries<Encoding>({
    ...{
      utf8: 'utf-8',
      ascii: 'utf-8',
      'us-ascii': 'utf-8',
      'utf-16': 'utf-16le',
      utf16: 'utf-16le',
    },
    ...{ 'euc-kr': 'cp949', euckr: 'cp949', uhc: 'cp949', 'windows-949': 'cp949', ms949: 'cp949' },
    ...{
      'ks_c_5601-1987': 'cp949',
      'shift-jis': 'shift_jis',
      sjis: 'shift_jis',
      cp932: 'shift_jis',
    },
    ...{ 'windows-31j': 'shift_jis', 'windows-932': 'shift_jis', eucjp: 'euc-jp', gbk: 'gb18030' },
    ...{ gb2312: 'gb18030', cp936: 'gb18030', cp950: 'big5', 'big5-hkscs': 'big5' },
    ...{ 'iso-8859-1': 'windows-1252', latin1: 'windows-1252', 'iso-8859-15': 'windows-1252' },
    ...{ 'iso-8859-2': 'windows-1250', 'iso-8859-5': 'windows-1251', 'iso-8859-6': 'windows-1256' },
    ...{ 'iso-8859-7': 'windows-1253', 'iso-8859-8': 'windows-1255', 'iso-8859-9': 'windows-1254' },
    ...{ 'tis-620': 'windows-874', 'iso-8859-11': 'windows-874', cp874: 'windows-874' },
  }),
);

/** The encoding that somebody means by a name; undefined for one that is not read here. */
export function encodingNamed(name: string): Encoding | undefined {
  const plain = name.trim().toLowerCase();
  const numbered = plain.replace(/^cp-?(125\d)$/, 'windows-$1');
  return encodings.find((encoding) => encoding === numbered) ?? otherNames.get(plain);
}

const byLanguage = new Map(
  Object.entries<readonly Encoding[]>({
    ...{ ko: ['cp949'], ja: ['shift_jis', 'euc-jp'], 'zh-Hant': ['big5'], zh: ['gb18030', 'big5'] },
    ...{ ru: ['windows-1251', 'koi8-r'], uk: ['windows-1251'], bg: ['windows-1251'] },
    ...{ el: ['windows-1253'], tr: ['windows-1254'], he: ['windows-1255'], ar: ['windows-1256'] },
    ...{ fa: ['windows-1256'], vi: ['windows-1258'], th: ['windows-874'], pl: ['windows-1250'] },
    ...{ cs: ['windows-1250'], sk: ['windows-1250'], hu: ['windows-1250'], ro: ['windows-1250'] },
    ...{ hr: ['windows-1250'], sl: ['windows-1250'], et: ['windows-1257'], lv: ['windows-1257'] },
    ...{ lt: ['windows-1257'], en: ['windows-1252'], fr: ['windows-1252'], de: ['windows-1252'] },
    ...{ es: ['windows-1252'], pt: ['windows-1252'], it: ['windows-1252'], nl: ['windows-1252'] },
    ...{ sv: ['windows-1252'], da: ['windows-1252'], nb: ['windows-1252'], fi: ['windows-1252'] },
  }),
);

/** What text of a language (BCP 47) was written in before Unicode, the likeliest first. */
export function encodingsOfLanguage(language: string): readonly Encoding[] {
  const { language: base, script } = new Intl.Locale(language).maximize();
  return byLanguage.get(`${base}-${script}`) ?? byLanguage.get(base ?? '') ?? [];
}
