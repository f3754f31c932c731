/** Bytes as they came over the wire, in order: joined they would be copied, and take room twice. */
export type Pieces = readonly Buffer[];

export function lengthOf(pieces: Pieces): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** The first bytes, at most so many. */
export function headOf(pieces: Pieces, bytes: number): Buffer {
  const [first = Buffer.alloc(0)] = pieces;
  return first.length >= bytes
    ? first.subarray(0, bytes)
    : Buffer.concat(pieces).subarray(0, bytes);
}

/** What is left of them behind the first `bytes`. */
export function behind(pieces: Pieces, bytes: number): Buffer[] {
  const left: Buffer[] = [];
  let skip = bytes;
  for (const piece of pieces) {
    if (skip < piece.length) left.push(piece.subarray(skip));
    skip = Math.max(0, skip - piece.length);
  }
  return left;
}
