/** What somebody typed, as the words to look for: letters and digits, the rest parts them. */
export function searchWords(query: string): string[] {
  return query.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
