import type { Sample } from '../fmp4/samples.js';
import { toleranceTicks } from '../frames/tolerance.js';

export type Fitted =
  | { readonly ok: true; readonly samples: readonly Sample[] }
  /** What was expected and what came, in words. */
  | { readonly ok: false; readonly difference: string };

/**
 * Compares a segment's pictures with the frames that the source has there, one by one, and gives
 * each the source's exact time. `expected` is ascending, in ticks, like the samples' times.
 */
export function fitFrames(samples: readonly Sample[], expected: readonly number[]): Fitted {
  if (samples[0]?.isSync !== true) return { ok: false, difference: 'no key picture at the start' };
  if (samples.length !== expected.length) {
    return { ok: false, difference: `${expected.length} frames expected, ${samples.length} made` };
  }
  const order = samples
    .map((_, index) => index)
    .toSorted((a, b) => ptsAt(samples, a) - ptsAt(samples, b));
  const times: number[] = [];
  for (const [rank, index] of order.entries()) {
    const wanted = expected[rank] as number;
    const off = ptsAt(samples, index) - wanted;
    if (Math.abs(off) > toleranceTicks) {
      return { ok: false, difference: `frame at ${wanted} ticks is off by ${off}` };
    }
    times[index] = wanted;
  }
  return {
    ok: true,
    samples: samples.map((sample, index) => ({ ...sample, pts: times[index] as number })),
  };
}

/** Samples in decode order without those at their end that an edit list leaves out: they come after all that is shown. */
export function withoutHiddenEnd(
  samples: readonly Sample[],
  expected: readonly number[],
): readonly Sample[] {
  const end = (expected.at(-1) ?? Infinity) + toleranceTicks;
  const last = samples.findLastIndex(({ pts }) => pts <= end);
  return samples.slice(0, last + 1);
}

function ptsAt(samples: readonly Sample[], index: number): number {
  return samples[index]?.pts ?? 0;
}
