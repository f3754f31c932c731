import { InvalidArgumentError } from 'commander';
import { crfLimits, parseResolution, resolutionWords } from '../../shared/resolutions.js';

/** Names of renditions with commas between them; anything else is a usage error. */
export function parseResolutions(text: string): string[] {
  const words = text.split(',');
  if (words.every((word) => parseResolution(word) !== undefined)) return words;
  throw new InvalidArgumentError(`It is ${resolutionWords.replace('expected', 'made of')}.`);
}

/** A constant rate factor of x264; anything else is a usage error. */
export function parseCrf(text: string): number {
  const crf = text === '' ? Number.NaN : Number(text);
  if (crf >= crfLimits.lowest && crf <= crfLimits.highest) return crf;
  throw new InvalidArgumentError(
    `Expected a number from ${crfLimits.lowest} to ${crfLimits.highest}.`,
  );
}
