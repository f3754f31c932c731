import { ticksPerSecond } from '../../shared/time.js';
import type { Sample } from './fmp4/samples.js';

/**
 * Sound lies on a grid of AAC frames of 1024 samples. Times in this file are samples of the track
 * from time zero.
 */
export const frameSamples = 1024;

/** Containers with millisecond time stamps are off by half of one; a little more is a shift. */
const jitterSamples = 72;

/** A frame of AAC-LC stereo that decodes to silence (a channel pair element with no spectrum). */
const silentStereoFrame = Uint8Array.of(0x21, 0x00, 0x49, 0x90, 0x02, 0x19, 0x00, 0x23, 0x80);

/** The frame with which the segment that begins at this boundary begins. */
export function firstFrameAt(boundaryTicks: number, sampleRate: number): number {
  return Math.ceil(Math.floor((boundaryTicks * sampleRate) / ticksPerSecond) / frameSamples);
}

/** The place on the grid for a time that is off it by rounding only; other times stay. */
export function snap(sample: number): number {
  const onGrid = Math.round(sample / frameSamples) * frameSamples;
  return Math.abs(sample - onGrid) <= jitterSamples ? onGrid : sample;
}

/**
 * Makes copied sound continuous: each frame starts where the one before ended. Rounded time stamps
 * are smoothed, a gap is filled with silence, frames that overlap or lie before time zero (priming)
 * are dropped. Never off by more than half a frame (11 ms).
 */
export function continuousSound() {
  let next: number | undefined;
  const place = (data: Uint8Array): Sample => {
    const pts = next ?? 0;
    next = pts + frameSamples;
    return { pts, duration: frameSamples, isSync: true, data };
  };
  const silence = (frames: number) =>
    Array.from({ length: Math.max(0, frames) }, () => place(silentStereoFrame));
  return {
    push(samples: readonly Sample[]): Sample[] {
      return samples.flatMap(({ pts, data }) => {
        if (next === undefined && pts < -frameSamples / 2) return [];
        next ??= Math.max(0, snap(pts));
        const gap = Math.round((pts - next) / frameSamples);
        return gap < 0 ? [] : [...silence(gap), place(data)];
      });
    },
    /** Silence up to `end`, where the sound ends before the picture. */
    padTo: (end: number): Sample[] => silence(Math.floor((end - (next ?? 0)) / frameSamples)),
  };
}
