import type { Sample } from '../fmp4/samples.js';
import { toleranceTicks } from '../frames/tolerance.js';

/** The samples of one segment, in decode order. */
export interface SegmentSamples {
  readonly number: number;
  readonly samples: readonly Sample[];
}

/**
 * Deals the samples of a picture, as they come in decode order, to the segments of a plan: a key
 * picture at or after a boundary begins the next segment. Samples before `first` are dropped,
 * segments from `end` on are not wanted. Times are ticks of 90 kHz.
 */
export function pictureSegmenter(boundaries: readonly number[], first: number, end: number) {
  let number = first - 1;
  let held: Sample[] = [];
  const begins = (sample: Sample) =>
    sample.isSync && sample.pts >= (boundaries[number + 1] ?? Infinity) - toleranceTicks;
  const take = (): SegmentSamples[] =>
    held.length > 0 && number >= first && number < end ? [{ number, samples: held }] : [];
  return {
    /** The segments that these samples complete. */
    push(samples: readonly Sample[]): SegmentSamples[] {
      const complete: SegmentSamples[] = [];
      for (const sample of samples) {
        if (number < end && begins(sample)) {
          complete.push(...take());
          held = [];
          number += 1;
        }
        if (number >= first) held.push(sample);
      }
      return complete;
    },
    /** The last segment, at the end of the stream. */
    finish: take,
  };
}
