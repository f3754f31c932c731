import { uint32, uint64, writeFullBox } from '../../media/fmp4/boxes.js';

/** What of the file plays from one boundary of the plan to the next. */
export interface IndexEntry {
  readonly sizeBytes: number;
  /** In the time scale of the index. */
  readonly duration: number;
}

const startsWithSap1 = 0x90000000;

/** How many bytes a segmentIndex takes. */
export function segmentIndexBytes(entries: number): number {
  return 40 + 12 * entries;
}

/**
 * A `sidx` (ISO/IEC 14496-12, 8.16.3) of one track: with it a player can seek without reading the
 * file. The first entry begins `firstOffset` bytes behind the box, each where the one before ends.
 * ffmpeg takes for granted that its time scale is the track's own. Throws RangeError beyond 65,535 entries or 2 GiB in one.
 */
export function segmentIndex(
  track: { readonly id: number; readonly timescale: number },
  firstOffset: number,
  entries: readonly IndexEntry[],
): Buffer {
  const table = Buffer.alloc(12 * entries.length);
  for (const [index, { sizeBytes, duration }] of entries.entries()) {
    if (sizeBytes > 0x7fffffff) throw new RangeError(`segment ${index} has ${sizeBytes} bytes`);
    table.writeUInt32BE(sizeBytes, index * 12);
    table.writeUInt32BE(duration, index * 12 + 4);
    table.writeUInt32BE(startsWithSap1, index * 12 + 8);
  }
  const count = Buffer.alloc(4);
  count.writeUInt16BE(entries.length, 2);
  const earliestTime = uint64(0);
  const ids = uint32(track.id, track.timescale);
  return writeFullBox('sidx', 1, 0, ids, earliestTime, uint64(firstOffset), count, table);
}
