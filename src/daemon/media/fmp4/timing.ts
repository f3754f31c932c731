/** Clocks and edit lists of ISO base media files (ISO/IEC 14496-12, 8.2.2, 8.4.2 and 8.6.6), no I/O. */
import type { Box } from './boxes.js';

/** The clock of a movie (`mvhd`) or of a track (`mdhd`). */
export function unitsPerSecond(bytes: Buffer, header: Box): number {
  return bytes.readUInt32BE(header.body + (bytes[header.body] === 1 ? 20 : 12));
}

export interface Edit {
  /** In the movie's units. */
  readonly duration: number;
  /** Where it begins in the track, in the track's units; -1: nothing is shown. */
  readonly mediaTime: number;
}

/** The entries of an `elst` box. Throws RangeError when there are fewer than it says. */
export function readEdits(bytes: Buffer, list: Box): Edit[] {
  const isLong = bytes[list.body] === 1;
  return Array.from({ length: bytes.readUInt32BE(list.body + 4) }, (_, entry) => {
    const at = list.body + 8 + entry * (isLong ? 20 : 12);
    const [duration, mediaTime] = isLong
      ? [Number(bytes.readBigUInt64BE(at)), Number(bytes.readBigInt64BE(at + 8))]
      : [bytes.readUInt32BE(at), bytes.readInt32BE(at + 4)];
    return { duration, mediaTime };
  });
}
