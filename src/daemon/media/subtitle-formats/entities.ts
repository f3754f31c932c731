const named = new Map(
  Object.entries<string>({
    ...{ nbsp: '\u00a0', quot: '"', apos: "'", copy: '©', reg: '®', hellip: '…', middot: '·' },
    ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', ndash: '–', mdash: '—', bull: '•' },
  }),
);

/** HTML's character references as characters, but for `&lt; &gt; &amp;`, which WebVTT has too. */
export function decodeEntities(html: string): string {
  return html.replaceAll(/&(#x?[\da-f]{1,6}|[a-z]{2,8});?/gi, (reference, name: string) => {
    if (!name.startsWith('#')) return named.get(name.toLowerCase()) ?? reference;
    const isHex = name[1]?.toLowerCase() === 'x';
    const code = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
    if (Number.isNaN(code) || code > 0x10_ff_ff) return reference;
    const character = String.fromCodePoint(code);
    return character === '<' ? '&lt;' : character === '&' ? '&amp;' : character;
  });
}
