/** What a `Range` header asks for, decided by RFC 9110 §14. Offsets in bytes, `end` exclusive. */
export type RangeDecision =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' };

// More than 15 digits are not exact as a number, and no file is as large.
const singleRange = /^bytes=[ \t]*(\d{0,15})-(\d{0,15})[ \t]*$/i;
const whole: RangeDecision = { kind: 'whole' };

/**
 * The part of a representation of `sizeBytes` that is asked for. "An origin server MUST ignore a
 * Range header field that contains a range unit it does not understand" and may ignore any other:
 * what is malformed and what asks for several ranges gets the whole.
 */
export function decideRange(header: string | undefined, sizeBytes: number): RangeDecision {
  const match = singleRange.exec(header ?? '');
  if (match === null) return whole;
  const [, first = '', last = ''] = match;
  if (first === '') return last === '' ? whole : suffix(Number(last), sizeBytes);
  if (last !== '' && Number(last) < Number(first)) return whole;
  if (Number(first) >= sizeBytes) return { kind: 'unsatisfiable' };
  const end = last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  return { kind: 'part', start: Number(first), end };
}

/** "If the selected representation is shorter than the suffix-length, the entire one is used." */
function suffix(length: number, sizeBytes: number): RangeDecision {
  if (length === 0 || sizeBytes === 0) return { kind: 'unsatisfiable' };
  return { kind: 'part', start: Math.max(0, sizeBytes - length), end: sizeBytes };
}
