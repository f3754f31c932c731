import { readBoxes, requireBox } from '../../media/fmp4/boxes.js';

/** Where a segment stands in a file of several tracks. */
export interface Placement {
  readonly trackId: number;
  /** Must grow from fragment to fragment of a file. */
  readonly sequence: number;
}

/**
 * The head of a single-track segment (all up to and with its `moof`) as it reads inside a file of
 * several tracks. It keeps its length, so nothing behind it moves. Throws RangeError when there is no
 * whole `moof`.
 */
export function placedHead(head: Buffer, { trackId, sequence }: Placement): Buffer {
  const placed = Buffer.from(head);
  const moof = requireBox(placed, { body: 0, end: placed.length }, ['moof']);
  placed.writeUInt32BE(sequence, requireBox(placed, moof, ['mfhd']).body + 4);
  for (const child of readBoxes(placed, moof.body, moof.end)) {
    if (child.type !== 'traf') continue;
    placed.writeUInt32BE(trackId, requireBox(placed, child, ['tfhd']).body + 4);
  }
  return placed;
}
