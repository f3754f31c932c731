export interface Found<T> {
  readonly value: T;
  readonly start: number;
  readonly end: number;
}

const fullYear =
  /(?<![a-z0-9])(?<year>(?:19|20)\d\d)(?<gap>[ ._-]?)(?<month>\d\d)\k<gap>(?<day>\d\d)(?!\d)/gi;
/** Korean broadcasts: `161202`. */
const shortYear = /(?<![a-z0-9])(?<year>\d\d)(?<month>\d\d)(?<day>\d\d)(?![a-z0-9])/gi;

/** The first day that a name gives and that exists, as `YYYY-MM-DD`. */
export function findDate(text: string): Found<string> | undefined {
  for (const match of [...text.matchAll(fullYear), ...text.matchAll(shortYear)]) {
    const value = existingDay(match.groups ?? {});
    if (value === undefined) continue;
    return { value, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

function existingDay({ year = '', month = '', day = '' }: Record<string, string>) {
  const iso = `${year.length === 4 ? year : centuryOf(year) + year}-${month}-${day}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  const exists = Number.isFinite(time) && new Date(time).toISOString().startsWith(iso);
  return exists ? iso : undefined;
}

/** Nothing that is watched at home was broadcast before 1970. */
function centuryOf(year: string): string {
  return Number(year) >= 70 ? '19' : '20';
}
