import type { Sample } from '../fmp4/samples.js';
import type { SegmentSamples } from './segmenter.js';
import { firstFrameAt, type SoundGrid } from './sound-grid.js';

/**
 * Deals continuous sound to the segments of a plan: a frame belongs to the segment in which it
 * starts, so each segment of the sound ends with that of the picture within one frame, the last too.
 * `boundaries` are ticks, samples' times are samples of the track.
 */
export function soundSegmenter(
  boundaries: readonly number[],
  grid: SoundGrid,
  first: number,
  end: number,
) {
  const startOf = (number: number) =>
    (firstFrameAt(boundaries[number] ?? 0, grid) - 0.5) * grid.frameSamples;
  let number = first;
  let held: Sample[] = [];
  const take = (): SegmentSamples[] => {
    const segment = { number, samples: held };
    held = [];
    number += 1;
    return segment.samples.length === 0 ? [] : [segment];
  };
  return {
    push(samples: readonly Sample[]): SegmentSamples[] {
      const complete: SegmentSamples[] = [];
      for (const sample of samples) {
        if (sample.pts < startOf(first)) continue;
        while (number < end && sample.pts >= startOf(number + 1)) complete.push(...take());
        if (number < end) held.push(sample);
      }
      return complete;
    },
    finish: (): SegmentSamples[] => (number < end ? take() : []),
  };
}
