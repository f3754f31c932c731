import { randomInt } from 'node:crypto';

// Crockford's base 32, without what is easily misread: no I, L, O and U.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;

/** A new code of 40 random bits, as it is shown: `ABCD-EFGH`. */
export function newCode(): string {
  return shown(Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join(''));
}

/** What was typed, as a code is shown: case, spaces and hyphens do not count, O is 0, I and L are 1. */
export function readCode(typed: string): string {
  const text = typed.toUpperCase().replace(/[\s-]/g, '');
  return shown(text.replaceAll('O', '0').replace(/[IL]/g, '1'));
}

function shown(text: string): string {
  return `${text.slice(0, length / 2)}-${text.slice(length / 2)}`;
}
