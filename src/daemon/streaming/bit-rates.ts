import { ticksPerSecond } from '../../shared/time.js';

/** Bits per second. */
export interface BitRates {
  readonly peak: number;
  /** undefined while bytes are missing. */
  readonly average: number | undefined;
}

/** What is known of a complete rendition, in bytes, one number for each segment. */
export interface Measured {
  readonly sizes: readonly number[];
  /** Of the head and the first picture. undefined: there are no pictures, or nobody looked yet. */
  readonly iFrames: readonly number[] | undefined;
}

/**
 * What the segments of a rendition measure: `sizes` in bytes, one for each segment, undefined while
 * some are missing; then `bound` stands for the peak. `boundaries` in ticks. The peak is RFC 8216's
 * "largest bit rate of any contiguous set of segments whose total duration is between 0.5 and 1.5
 * times the target duration".
 */
export function bitRatesOf(
  sizes: readonly number[] | undefined,
  boundaries: readonly number[],
  bound: number,
): BitRates {
  if (sizes === undefined || sizes.length === 0 || sizes.length >= boundaries.length) {
    return { peak: Math.ceil(bound), average: undefined };
  }
  const bytesBefore = runningSum(sizes);
  const ticks = (from: number, to: number) => at(boundaries, to) - at(boundaries, from);
  const rate = (from: number, to: number) =>
    (8 * ticksPerSecond * (at(bytesBefore, to) - at(bytesBefore, from))) / ticks(from, to);
  const longest = Math.max(...sizes.map((_, number) => ticks(number, number + 1)));

  const peaks = sizes.map((_, from) => {
    let best = 0;
    for (let to = from + 1; to <= sizes.length && ticks(from, to) <= 1.5 * longest; to += 1) {
      if (ticks(from, to) >= 0.5 * longest) best = Math.max(best, rate(from, to));
    }
    return best;
  });
  return { peak: Math.ceil(Math.max(...peaks)), average: Math.ceil(rate(0, sizes.length)) };
}

function runningSum(values: readonly number[]): number[] {
  let sum = 0;
  return [0, ...values.map((value) => (sum += value))];
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
