/** A name in one spelling: Hangul put together (NFC), full-width letters and brackets as ASCII. */
export function plainSpelling(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .replace(/\u301c/g, '~')
    .replace(/[\u2013\u2014]/g, '-')
    .replace(/【/g, '[')
    .replace(/】/g, ']');
}

/** `(2016)`, `[tvdbid-345487]`, `{tmdb-1}`: they tell series apart, and are no part of a name. */
const notes = /[([{](?:(?:19|20)\d\d|(?:tvdb|tmdb|imdb|anidb)(?:id)?[-=][\w-]+)[)\]}]/gi;

/** Whether such a note stands in a name: then it is a series' (or a film's). */
export function hasNote(text: string): boolean {
  return text.search(notes) >= 0;
}

/** `S.H.I.E.L.D.`, `99.9`, or what stands between dots and underscores. */
const words = /(?<![\p{L}\d])(?:\p{L}\.){2,}|(?<!\d)\d{1,2}\.\d(?!\d)|[^._]+/gu;

/** Release names write dots and underscores for spaces. */
export function readable(text: string): string {
  const bare = trimmed(text.replace(notes, ' '));
  if (bare.includes(' ')) return bare.replace(/\s+/g, ' ');
  return (bare.match(words) ?? []).join(' ');
}

/** Without what only parts it from its neighbours; the dot of `D.P.` belongs to it. */
function trimmed(text: string): string {
  const front = text.replace(/^[\s._,)\]-]+/, '');
  const bare = front.replace(/[\s._,([-]+$/, '');
  return /(?<!\p{L})\p{L}\.\p{L}$/u.test(bare) && front[bare.length] === '.' ? `${bare}.` : bare;
}
