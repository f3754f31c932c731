import { KdramaError } from '../../../shared/errors.js';

const maxDepth = 32;
const maxValues = 10_000;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

/**
 * Refuses JSON that is nested more deeply, or holds more values, than any request means, before
 * anything is built of it: what walks a value recursively would run out of stack. Throws
 * VALIDATION_FAILED.
 */
export function demandShape(json: Uint8Array): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] ?? 0;
    if (byte === quote) at = stringEnd(json, at);
    else if (opening.has(byte)) depth += 1;
    else if (closing.has(byte)) depth -= 1;
    else if (byte === comma) values += 1;
    if (depth > maxDepth) throw tooMuch(`at most ${maxDepth} levels`);
    if (values > maxValues) throw tooMuch(`at most ${maxValues} values`);
  }
}

/** Where the string that begins at `start` has its closing quote, or the end. */
function stringEnd(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== quote) at += json[at] === backslash ? 2 : 1;
  return at;
}

function tooMuch(expected: string): KdramaError {
  return new KdramaError('VALIDATION_FAILED', `expected JSON of ${expected}`);
}
