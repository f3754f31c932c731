import { findInBytes } from '../container/bytes.js';
import { readPictureSamples, type PictureSamples } from '../container/mp4-samples.js';
import { indexedFromBytes } from './indexed-picture.js';

/**
 * The sample table of a large MP4's picture, most likely the one that is asked for: reading it takes as long as
 * ffprobe takes to say what the file is. undefined where there is none.
 */
export function readTableEarly(
  path: string,
  signal: AbortSignal,
): Promise<PictureSamples | undefined> {
  const table = findInBytes(
    path,
    async (read, sizeBytes) =>
      sizeBytes < indexedFromBytes ? undefined : readPictureSamples(read, sizeBytes),
    signal,
  );
  // It fails where it is waited for.
  table.catch(() => undefined);
  return table;
}
