/** One coded picture or one frame of sound, with its times in ticks of its track's timescale. */
export interface Sample {
  /** Presentation time from time zero of the video; can be negative for priming sound. */
  readonly pts: number;
  /** Decode time; only its order and distances matter. */
  readonly dts: number;
  readonly duration: number;
  readonly isSync: boolean;
  readonly data: Uint8Array;
}
