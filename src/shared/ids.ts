import { randomInt } from 'node:crypto';

/** Ids of uploads, videos, jobs, plans and renditions. Checked before one touches a path. */
export const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

// Without i, l, o and u: nothing to misread, no words, never a leading hyphen.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new random id of 14 characters (70 bits). */
export function newId(): string {
  return Array.from({ length: 14 }, () => alphabet[randomInt(alphabet.length)]).join('');
}
