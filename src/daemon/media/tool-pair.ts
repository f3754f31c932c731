/** A pair of programs that was proven to work. */
export interface Tools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  readonly version: string;
  /** Whether this ffmpeg can bring HDR down to SDR; absent: not tried. */
  readonly canToneMap?: boolean;
  /** What long work may take of the processor; absent: all of it. */
  readonly share?: ProcessorShare | undefined;
}

/** Long work stays behind other programs and, where the kernel can do that, on these cores. */
export interface ProcessorShare {
  /** As taskset names them; undefined where cores cannot be chosen. */
  readonly cores: string | undefined;
}
