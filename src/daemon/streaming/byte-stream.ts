type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A stream that asks for a piece only when it is wanted. `release` runs once the stream has ended,
 * failed or been given up, also when not one piece was taken: a generator that was never started
 * does not run its own `finally`.
 */
export function byteStream(
  pieces: AsyncGenerator<Bytes, void, undefined>,
  release: () => Promise<void> = async () => {},
): ReadableStream<Bytes> {
  return new ReadableStream<Bytes>({
    async pull(controller) {
      try {
        const next = await pieces.next();
        if (!next.done) return controller.enqueue(next.value);
      } catch (error) {
        await release();
        throw error;
      }
      await release();
      controller.close();
    },
    async cancel() {
      await pieces.return();
      await release();
    },
  });
}
