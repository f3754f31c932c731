import type { PictureSamples } from '../container/mp4-samples.js';
import type { Source, SourceStream } from '../source/inspect.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

/** A picture in a file, and what reads it. */
export interface PictureFile {
  readonly tools: Tools;
  readonly path: string;
  readonly source: Source;
  readonly stream: SourceStream;
  readonly signal: AbortSignal;
  /** Of some MP4s, begun before it was known which track is the picture. */
  readonly earlyTable?: Promise<PictureSamples | undefined> | undefined;
}
