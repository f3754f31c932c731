import { KdramaError } from '../../../shared/errors.js';
import { openRegularFile, readPieces } from '../file-bytes.js';
import { placedHead } from './fragment-head.js';
import { readSegmentHead } from '../segment-head.js';
import { piecesWithin, type Piece, type VirtualMp4 } from './virtual-mp4.js';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The bytes [start, end) of a virtual MP4, read from the segments that overlap and no others. One
 * file is open at a time. Throws INTERNAL when a segment is not as the database knows it.
 */
export async function* virtualMp4Bytes(
  mp4: VirtualMp4,
  pathOf: (piece: Piece) => string,
  start: number,
  end: number,
): AsyncGenerator<Bytes, void, undefined> {
  if (start < mp4.header.length) yield new Uint8Array(mp4.header.subarray(start, end));
  for (const piece of piecesWithin(mp4, start, end)) {
    const from = Math.max(start, piece.start) - piece.start;
    const to = Math.min(end, piece.end) - piece.start;
    yield* pieceBytes(piece, pathOf(piece), from, to);
  }
}

/** The bytes [from, to) of a segment, its head rewritten for its track. */
async function* pieceBytes(
  piece: Piece,
  path: string,
  from: number,
  to: number,
): AsyncGenerator<Bytes, void, undefined> {
  const { handle, sizeBytes } = await openRegularFile(path);
  try {
    if (sizeBytes !== piece.end - piece.start) {
      throw new KdramaError('INTERNAL', `${path} has ${sizeBytes} bytes`);
    }
    const head = placedHead(await readSegmentHead(handle, sizeBytes), {
      trackId: piece.track + 1,
      sequence: piece.sequence,
    });
    if (from < head.length) yield new Uint8Array(head.subarray(from, to));
    yield* readPieces(handle, Math.max(from, head.length), to);
  } finally {
    await handle.close();
  }
}
