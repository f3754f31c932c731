import { readBoxes, requireBox, type Box } from '../media/fmp4/boxes.js';

/** Flags of `trun` (ISO/IEC 14496-12, 8.8.8). */
const trunFlags = { dataOffset: 0x1, firstFlags: 0x4, compositionOffset: 0x800 } as const;
const perSampleFlags = [0x100, 0x200, 0x400, trunFlags.compositionOffset];

export interface Placement {
  readonly trackId: number;
  /** Must grow from fragment to fragment of a file. */
  readonly sequence: number;
  /** Ticks that every composition offset is raised by; the track's edit list takes them back. */
  readonly compositionDelay: number;
}

/**
 * The head of a single-track segment (all up to and with its `moof`) as it reads inside a file of
 * several tracks. It keeps its length, so nothing behind it moves. Throws RangeError when there is no
 * whole `moof`.
 */
export function placedHead(head: Buffer, placement: Placement): Buffer {
  const placed = Buffer.from(head);
  const moof = requireBox(placed, { body: 0, end: placed.length }, ['moof']);
  placed.writeUInt32BE(placement.sequence, requireBox(placed, moof, ['mfhd']).body + 4);
  for (const traf of readBoxes(placed, moof.body, moof.end)) {
    if (traf.type !== 'traf') continue;
    placed.writeUInt32BE(placement.trackId, requireBox(placed, traf, ['tfhd']).body + 4);
    if (placement.compositionDelay === 0) continue;
    for (const offset of compositionOffsets(placed, traf)) {
      placed.writeInt32BE(placed.readInt32BE(offset) + placement.compositionDelay, offset);
    }
  }
  return placed;
}

/** How far a picture's presentation lies before its decode time at most, in ticks; 0 for none. */
export function earliestComposition(head: Buffer): number {
  const moof = requireBox(head, { body: 0, end: head.length }, ['moof']);
  let earliest = 0;
  for (const traf of readBoxes(head, moof.body, moof.end)) {
    if (traf.type !== 'traf') continue;
    for (const offset of compositionOffsets(head, traf)) {
      earliest = Math.max(earliest, -head.readInt32BE(offset));
    }
  }
  return earliest;
}

/** Where the composition offsets of a track fragment stand. */
function compositionOffsets(bytes: Buffer, traf: Box): number[] {
  return readBoxes(bytes, traf.body, traf.end).flatMap((trun) => {
    const flags = trun.type === 'trun' ? bytes.readUInt32BE(trun.body) & 0xffffff : 0;
    if (!(flags & trunFlags.compositionOffset)) return [];
    const head = [trunFlags.dataOffset, trunFlags.firstFlags].filter((flag) => flags & flag);
    const first = trun.body + 8 + 4 * head.length;
    const entryBytes = 4 * perSampleFlags.filter((flag) => flags & flag).length;
    const count = bytes.readUInt32BE(trun.body + 4);
    // The composition offset is the last field of an entry.
    return Array.from({ length: count }, (_, index) => first + (index + 1) * entryBytes - 4);
  });
}
