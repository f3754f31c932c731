import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ticksPerSecond } from '../../shared/time.js';
import { initFileName, segmentFileName } from '../layout.js';
import { firstSampleRange } from '../media/fmp4/first-sample.js';
import { writeSegment } from '../media/fmp4/segment.js';
import type { StoryboardTask } from './task.js';

/** Holds the head of nearly every segment and the key frame of a small picture. */
const firstReadBytes = 64 * 1024;
/** More is no head of ours. */
const maxHeadBytes = 16 * 1024 * 1024;

/**
 * Writes a file, or writes it anew, of nothing but the first pictures of these segments, one a second:
 * all of them are key frames. Throws RangeError when a segment is not one of ours, ENOENT when it is
 * gone.
 */
export async function writeKeyPictures(
  path: string,
  { directory, reorderTicks }: StoryboardTask['picture'],
  segments: readonly number[],
): Promise<void> {
  const parts: Uint8Array[] = [await readFile(join(directory, initFileName))];
  for (const [index, segment] of segments.entries()) {
    const data = await readFirstPicture(join(directory, segmentFileName(segment)));
    const sample = { pts: index * ticksPerSecond, duration: ticksPerSecond, isSync: true, data };
    parts.push(writeSegment(index + 1, [sample], (index + 1) * ticksPerSecond, reorderTicks));
  }
  await writeFile(path, parts, { mode: 0o600 });
}

/** Of a segment of some megabytes only this is read. */
async function readFirstPicture(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  const read = async (length: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  };
  try {
    let head = await read(firstReadBytes);
    const moofBytes = head.readUInt32BE(0);
    if (moofBytes > head.length) head = await read(Math.min(moofBytes, maxHeadBytes));
    const { start, end } = firstSampleRange(head);
    if (end > head.length) head = await read(end);
    if (end > head.length) throw new RangeError(`${path} ends inside its first picture`);
    return head.subarray(start, end);
  } finally {
    await handle.close();
  }
}
