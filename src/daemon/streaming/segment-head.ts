import type { FileHandle } from 'node:fs/promises';
import { KdramaError } from '../../shared/errors.js';
import { readBoxHeader } from '../media/fmp4/boxes.js';
import { readRange } from './file-bytes.js';

/** Holds the head of nearly every segment: a `moof` has 16 bytes for each picture. */
const firstReadBytes = 16 * 1024;
/** No head of ours comes near. */
const maxHeadBytes = 16 * 1024 * 1024;

/** A segment up to the end of its `moof`. Throws INTERNAL when it has none. */
export async function readSegmentHead(handle: FileHandle, sizeBytes: number): Promise<Buffer> {
  const start = Buffer.from(await readRange(handle, 0, Math.min(sizeBytes, firstReadBytes)));
  const end = moofEnd(start);
  if (end === undefined || end > Math.min(sizeBytes, maxHeadBytes)) {
    throw new KdramaError('INTERNAL', 'a segment without a whole moof');
  }
  return end <= start.length
    ? start.subarray(0, end)
    : Buffer.from(await readRange(handle, 0, end));
}

function moofEnd(start: Buffer): number | undefined {
  let box = readBoxHeader(start, 0);
  while (box !== undefined && box.type !== 'moof') box = readBoxHeader(start, box.end);
  return box?.end;
}
