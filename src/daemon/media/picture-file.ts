import type { Source, SourceStream } from './inspect.js';
import type { Tools } from './tool-pair.js';

/** A picture in a file, and what reads it. */
export interface PictureFile {
  readonly tools: Tools;
  readonly path: string;
  readonly source: Source;
  readonly stream: SourceStream;
  readonly signal: AbortSignal;
}
