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

async function* interruptible(
  pieces: AsyncIterable<Buffer>,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void> {
  const iterator = pieces[Symbol.asyncIterator]();
  let interrupt = nobodyWaits;
  const onAbort = () => interrupt();
  signal.addEventListener('abort', onAbort);
  try {
    for (;;) {
      signal.throwIfAborted();
      // Not Promise.race with one promise for all: that would remember every piece.
      const step = await new Promise<IteratorResult<Buffer>>((resolve, reject) => {
        interrupt = () => reject(signal.reason as Error);
        iterator.next().then(resolve, reject);
      });
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not awaited: it would wait for a piece that is still asked for.
    iterator.return?.().catch(() => undefined);
  }
}

function nobodyWaits(): void {}
