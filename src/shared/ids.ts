import { randomInt } from 'node:crypto';

// On its own for the pages, which have no node:crypto.
export { idPattern, ownIdPattern } from './id-pattern.js';

// Without i, l, o and u: nothing to misread, no words, never a leading hyphen.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new random id of 14 characters (70 bits). */
export function newId(): string {
  return Array.from({ length: 14 }, () => alphabet[randomInt(alphabet.length)]).join('');
}
