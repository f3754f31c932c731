import { z } from 'zod';
import { crfLimits, parseResolution, presets, resolutionWords } from '../resolutions.js';

/** What may be said of the picture of one job. */

const resolution = z.string().refine((text) => parseResolution(text) !== undefined, {
  message: resolutionWords,
});

/** The renditions that are made, and no others: names (`720p`) or boxes (`1280x720`), `-hevc` or `-av1` and `=2.5M` behind. */
export const resolutions = z.array(resolution).min(1).max(32);

/** The same as one text, with commas between them. */
export const resolutionList = z
  .string()
  .transform((text) => text.split(','))
  .pipe(resolutions);

const crfWords = `expected a number from ${crfLimits.lowest} to ${crfLimits.highest}`;

/** Constant rate factor of x264: lower is better and larger. */
export const crf = z
  .number(crfWords)
  .min(crfLimits.lowest, crfWords)
  .max(crfLimits.highest, crfWords);

export const preset = z.enum(presets);
