/** Attribute lists of playlist tags, RFC 8216 §4.2. */

export type Attribute = readonly [name: string, value: string | undefined];

/** `#TAG:A=1,B="two"`; attributes without a value are left out. */
export function tag(name: string, attributes: readonly Attribute[]): string {
  const written = attributes.flatMap(([key, value]) =>
    value === undefined ? [] : `${key}=${value}`,
  );
  return `#${name}:${written.join(',')}`;
}

/** A quoted-string, or undefined for an attribute that is left out. */
export function quoted(text: string): string;
export function quoted(text: string | undefined): string | undefined;
export function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `"${quotable(text)}"`;
}

/**
 * A text as a quoted-string can hold it: "It MUST NOT contain a double quote, carriage return or
 * line feed", and there is no way to escape them. Whatever else a player may take
 * for the end of a line goes, too, and apostrophes: hls-parser takes them for quotes.
 */
export function quotable(text: string): string {
  // Lone surrogates have no UTF-8 form; encoding and decoding replaces them.
  const wellFormed = new TextDecoder().decode(new TextEncoder().encode(text));
  return wellFormed
    .replaceAll('"', '”')
    .replaceAll("'", '’')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

export function yesOrNo(value: boolean): 'YES' | 'NO' {
  return value ? 'YES' : 'NO';
}
