/**
 * One coded picture or one frame of sound. Samples stand in decode order; decode times are not kept,
 * since they follow from the presentation times (see segment.ts).
 */
export interface Sample {
  /** Presentation time in timescale ticks; can be negative for priming sound. */
  readonly pts: number;
  /** As its muxer said; a guess for the last sample before a pause. */
  readonly duration: number;
  readonly isSync: boolean;
  readonly data: Uint8Array;
}
