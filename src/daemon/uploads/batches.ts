import { interruptible } from './interruptible.js';

/**
 * Pieces gathered to batches of at least so many bytes, the last one smaller. When the pieces end
 * with an error, what came before it is handed on first. Ends with the signal's reason, though no
 * piece may come any more: a dead connection tells nothing.
 */
export async function* batches(
  pieces: AsyncIterable<Buffer>,
  bytes: number,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  try {
    for await (const piece of interruptible(pieces, signal)) {
      held.push(piece);
      heldBytes += piece.length;
      if (heldBytes < bytes) continue;
      yield Buffer.concat(held, heldBytes);
      held = [];
      heldBytes = 0;
    }
  } catch (error) {
    if (heldBytes > 0) yield Buffer.concat(held, heldBytes);
    throw error;
  }
  if (heldBytes > 0) yield Buffer.concat(held, heldBytes);
}
