/** Other times for the frames of a Matroska file, written over the old ones: it stays as long as it is. */
import { open } from 'node:fs/promises';
import { windowed, withBytes } from './bytes.js';
import { framesFrom } from './matroska-block.js';
import { findSegment, readMatroskaHead } from './matroska-head.js';

/** The time of a block, and a byte of flags. */
const timeBeforeFrame = 2 + 1;
/** Small frames lie close together. */
const atOnceBytes = 256 * 1024;

/**
 * `times`: of frames of the one picture, from old to new, in milliseconds; others stay. Where the file's own index knows
 * them, it is wrong afterwards. Throws RangeError where a block cannot say such a time.
 */
export async function retimeFrames(
  path: string,
  times: ReadonlyMap<number, number>,
  signal: AbortSignal,
): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await withBytes(
      path,
      async (read) => {
        const [segment, head] = [await findSegment(read), await readMatroskaHead(read)];
        const [track = Number.NaN] = head?.pictureTracks ?? [];
        const start = { at: segment?.body ?? Infinity, clusterTime: undefined };
        const walk = { track, mostElements: Infinity };
        const frames = framesFrom(windowed(read, atOnceBytes), start, walk);
        for await (const { milliseconds, relativeTime, offset } of frames) {
          const bytes = Buffer.alloc(2);
          bytes.writeInt16BE(
            relativeTime + (times.get(milliseconds) ?? milliseconds) - milliseconds,
          );
          await file.write(bytes, 0, bytes.length, offset - timeBeforeFrame);
        }
      },
      signal,
    );
  } finally {
    await file.close();
  }
}
