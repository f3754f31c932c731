import { InvalidArgumentError } from 'commander';

/** A whole number from 0 on; anything else is a usage error. */
export function parseWhole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number.');
}
