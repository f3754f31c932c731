import { InvalidArgumentError } from 'commander';
import {
  crfLimits,
  parseResolution,
  parseRung,
  resolutionWords,
  rungNames,
} from '../../shared/resolutions.js';

/**
 * Names of renditions with commas between them; anything else is a usage error. A box may have any size, a name is
 * one of ours: who types `702p` did not mean the 540p that the daemon would make of it.
 */
export function parseResolutions(text: string): string[] {
  const words = text.split(',');
  if (words.some((word) => parseResolution(word) === undefined)) {
    throw new InvalidArgumentError(`It is ${resolutionWords.replace('expected', 'made of')}.`);
  }
  const unknown = words.find((word) => !isBox(word) && parseRung(word) === undefined);
  if (unknown === undefined) return words;
  throw new InvalidArgumentError(`${unknown} is none of ${rungNames.join(', ')}.`);
}

function isBox(word: string): boolean {
  return /^\s*\d+x/i.test(word);
}

/** A constant rate factor of x264; anything else is a usage error. */
export function parseCrf(text: string): number {
  const crf = text === '' ? Number.NaN : Number(text);
  if (crf >= crfLimits.lowest && crf <= crfLimits.highest) return crf;
  throw new InvalidArgumentError(
    `Expected a number from ${crfLimits.lowest} to ${crfLimits.highest}.`,
  );
}
