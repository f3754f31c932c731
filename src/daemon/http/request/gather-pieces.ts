/** What is smaller is copied together: so many small buffers would take more room than their bytes. */
const smallBytes = 16 * 1024;
const blockBytes = 64 * 1024;

/** The pieces of a body, kept as they come unless they are small. `tooMany` makes the error to throw. */
export async function gatherPieces(
  pieces: AsyncIterable<Buffer>,
  maxBytes: number,
  tooMany: () => Error,
): Promise<Buffer[]> {
  const gathered: Buffer[] = [];
  let small: Buffer[] = [];
  let waiting = 0;
  let total = 0;
  const join = () => {
    if (waiting > 0) gathered.push(Buffer.concat(small, waiting));
    [small, waiting] = [[], 0];
  };
  for await (const piece of pieces) {
    total += piece.length;
    if (total > maxBytes) throw tooMany();
    if (piece.length >= smallBytes) {
      join();
      gathered.push(piece);
    } else {
      small.push(piece);
      waiting += piece.length;
      if (waiting >= blockBytes) join();
    }
  }
  join();
  return gathered;
}
