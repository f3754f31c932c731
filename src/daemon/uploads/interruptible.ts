/**
 * The same pieces until the signal says so: then throws its reason, though no piece may come any
 * more (a dead connection tells nothing). The source is left as it is.
 */
export async function* interruptible(
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
    iterator.return?.().catch(nobodyWaits);
  }
}

function nobodyWaits(): void {}
