import { InvalidArgumentError } from 'commander';
import { parseWhole } from './whole-number.js';

/** Not null, which commander takes for no value at all; no title can be this. */
export const none = Symbol('none');
export type NumberOrNone = number | typeof none;

/** A whole number, or the word `none`; anything else is a usage error. */
export function parseWholeOrNone(text: string): NumberOrNone {
  if (text === 'none') return none;
  try {
    return parseWhole(text);
  } catch {
    throw new InvalidArgumentError('Expected a whole number, or none.');
  }
}
