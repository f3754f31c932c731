import { languageTag } from '../source/language.js';

/** A language class of a SAMI file: `.KRCC { Name:Korean; lang:ko-KR; SAMIType:CC; }`. */
export interface SamiClass {
  /** In lower case. */
  readonly name: string;
  readonly language: string | undefined;
  readonly label: string | undefined;
}

/** Classes that files use without saying of which language they are. */
const known = new Map(
  Object.entries<string>({
    ...{ krcc: 'ko', kocc: 'ko', kor: 'ko', encc: 'en', egcc: 'en', engcc: 'en', eng: 'en' },
    ...{ jpcc: 'ja', jacc: 'ja', cncc: 'zh', chcc: 'zh', zhcc: 'zh', frcc: 'fr', decc: 'de' },
  }),
);

/** More languages than any file has. */
const mostClasses = 100;

/** What files say instead of a language: its country. */
const countries = new Map(Object.entries({ kr: 'ko', jp: 'ja', cn: 'zh' }));

/** The classes that the STYLE block describes as languages, in its order, none twice. */
export function describedClasses(text: string): SamiClass[] {
  const [, afterTag = ''] = text.split(/<style\b[^<>]*>/i, 2);
  const [style = ''] = afterTag.split(/<\/style\b/i, 1);
  const classes = new Map<string, SamiClass>();
  for (const [, className = '', rules = ''] of style.matchAll(/\.([\w-]+)\s*\{([^{}]*)\}/g)) {
    const [said, label] = [property(rules, 'lang'), property(rules, 'name')];
    const name = className.toLowerCase();
    const isLanguage = said !== undefined || label !== undefined;
    if (classes.size === mostClasses) break;
    if (!isLanguage || classes.has(name)) continue;
    classes.set(name, { name, language: baseLanguage(said) ?? known.get(name), label });
  }
  return [...classes.values()];
}

/** A class that is used, but described nowhere. */
export function undescribedClass(name: string): SamiClass {
  return { name, language: known.get(name), label: undefined };
}

function property(rules: string, name: string): string | undefined {
  const found = rules
    .split(';')
    .map((rule) => rule.split(':'))
    .find(([key = '']) => key.trim().toLowerCase() === name);
  const value = found
    ?.slice(1)
    .join(':')
    .trim()
    .replaceAll(/^["']|["']$/g, '');
  return value === undefined || value === '' ? undefined : value;
}

/** `ko-KR` is what every file says where it means Korean; regions that are scripts stay. */
function baseLanguage(code: string | undefined): string | undefined {
  const tag = languageTag(code?.replaceAll('_', '-'));
  if (tag === 'und') return undefined;
  if (tag.startsWith('zh')) return tag;
  const [base = tag] = tag.split('-');
  return countries.get(base) ?? base;
}
