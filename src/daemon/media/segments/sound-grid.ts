import type { AudioTraits } from '../../../shared/renditions.js';
import { ticksPerSecond } from '../../../shared/time.js';
import type { Sample } from '../fmp4/samples.js';

/**
 * Sound lies on a grid of whole frames from time zero. Times in this file are samples of the track from
 * time zero.
 */
export interface SoundGrid {
  readonly sampleRate: number;
  readonly frameSamples: number;
}

/** Samples of a frame of AAC-LC. */
export const aacFrameSamples = 1024;

/** The grid of a rendition. */
export function gridOf({ sampleRate, frameSamples = aacFrameSamples }: AudioTraits): SoundGrid {
  return { sampleRate, frameSamples };
}

/** Containers with millisecond time stamps are off by half of one; a little more is a shift. */
const jitterSamples = 72;

/** The frame with which the segment that begins at this boundary begins. */
export function firstFrameAt(boundaryTicks: number, grid: SoundGrid): number {
  const sample = Math.floor((boundaryTicks * grid.sampleRate) / ticksPerSecond);
  return Math.ceil(sample / grid.frameSamples);
}

/** The place on the grid of AAC for a time that is off it by rounding only; other times stay. */
export function snap(sample: number): number {
  const onGrid = Math.round(sample / aacFrameSamples) * aacFrameSamples;
  return Math.abs(sample - onGrid) <= jitterSamples ? onGrid : sample;
}

/**
 * Whether these frames, one after the other, have the places that they would have by all before them: no frame lies
 * three quarters of one from its place, so one that is within a quarter of a place can have no other.
 */
export function areOnGrid(times: readonly number[], { frameSamples }: SoundGrid): boolean {
  const isWithinQuarter = (samples: number) => {
    const frames = samples / frameSamples;
    return Math.abs(frames - Math.round(frames)) < 0.25;
  };
  return times.every((time, index) => {
    const step = (time - (times[index - 1] ?? time - frameSamples)) / frameSamples;
    return isWithinQuarter(time) && Math.abs(step - 1) < 0.25;
  });
}

/**
 * Makes copied sound continuous: every frame has a place on the grid, beside the one before. Rounded
 * time stamps are smoothed, a gap (one at the beginning, too) is filled with silence, frames that
 * overlap or lie before time zero (priming) are dropped. Never off by more than three quarters of a frame (16 ms, AC-3 24 ms).
 *
 * Where a frame lies depends on all before it. `earlier` has the times of those that are not pushed,
 * where a copy is taken up in the middle; of more than these, those before the first that is pushed count.
 */
export function continuousSound(
  { frameSamples }: SoundGrid,
  silentFrame: Uint8Array,
  earlier: readonly number[] = [],
) {
  let next = 0;
  let unheard = earlier;
  /** Frames between where the sound ends and this one; negative: it has no place. */
  const gapBefore = (pts: number) => {
    const frames = (pts - next) / frameSamples;
    // Behind a gap of half a frame rounding goes to both sides: only a clear distance is another gap.
    return Math.abs(frames) < 0.75 ? 0 : Math.round(frames);
  };
  const place = (data: Uint8Array): Sample => {
    const pts = next;
    next += frameSamples;
    return { pts, duration: frameSamples, isSync: true, data };
  };
  const silence = (frames: number) =>
    Array.from({ length: Math.max(0, frames) }, () => place(silentFrame));
  const catchUp = (first: number) => {
    for (const pts of unheard) {
      if (pts >= first - frameSamples / 2) break;
      next += Math.max(0, gapBefore(pts) + 1) * frameSamples;
    }
    unheard = [];
  };
  return {
    push(samples: readonly Sample[]): Sample[] {
      return samples.flatMap(({ pts, data }) => {
        catchUp(pts);
        const gap = gapBefore(pts);
        return gap < 0 ? [] : [...silence(gap), place(data)];
      });
    },
    /** Silence up to `end`, where the sound ends before the picture. */
    padTo: (end: number): Sample[] => silence(Math.floor((end - next) / frameSamples)),
  };
}
