/** Bibliographic codes of ISO 639-2 that BCP 47 does not know as aliases. */
const bibliographic = new Map(
  Object.entries<string>({
    ...{ alb: 'sq', arm: 'hy', baq: 'eu', bur: 'my', chi: 'zh', cze: 'cs', dut: 'nl', fre: 'fr' },
    ...{ geo: 'ka', ger: 'de', gre: 'el', ice: 'is', mac: 'mk', mao: 'mi', may: 'ms', per: 'fa' },
    ...{ rum: 'ro', slo: 'sk', tib: 'bo', wel: 'cy' },
  }),
);

/** The BCP 47 tag for what a container says (`kor` → `ko`); `und` when it says nothing usable. */
export function languageTag(code: string | undefined): string {
  if (code === undefined || code === '') return 'und';
  try {
    return Intl.getCanonicalLocales(bibliographic.get(code) ?? code)[0] ?? 'und';
  } catch {
    return 'und';
  }
}

/** What a menu shows: the language in itself (`한국어`), undefined when it is not known. */
export function languageName(tag: string): string | undefined {
  if (tag === 'und') return undefined;
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
  return name === tag ? undefined : name;
}
