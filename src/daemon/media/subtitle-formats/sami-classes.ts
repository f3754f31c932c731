import { languageTag } from '../language.js';

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

/** The classes that the STYLE block describes as languages, in its order. */
export function describedClasses(text: string): SamiClass[] {
  const [, afterTag = ''] = text.split(/<style\b[^<>]*>/i, 2);
  const [style = ''] = afterTag.split(/<\/style\b/i, 1);
  return [...style.matchAll(/\.([\w-]+)\s*\{([^{}]*)\}/g)].flatMap(([, name = '', rules = '']) => {
    const language = property(rules, 'lang');
    const label = property(rules, 'name');
    if (language === undefined && label === undefined) return [];
    const plain = name.toLowerCase();
    return [{ name: plain, language: baseLanguage(language) ?? known.get(plain), label }];
  });
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
  return tag.startsWith('zh') ? tag : tag.split('-')[0];
}
