/** A pair of programs that was proven to work. */
export interface Tools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  readonly version: string;
}
