import { open } from 'node:fs/promises';
import PQueue from 'p-queue';

/** The bytes [at, at + length) of a file; fewer where it ends before. */
export type ReadBytes = (at: number, length: number) => Promise<Buffer>;

/** Reads from one file for as long as `work` takes. */
export async function withBytes<T>(
  path: string,
  work: (read: ReadBytes, sizeBytes: number) => Promise<T>,
): Promise<T> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return await work(async (at, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    }, size);
  } finally {
    await file.close();
  }
}

/** On a disk across the network each look takes a while; of each, only some bytes are kept. */
const looksAtOnce = 16;

/** What is found at each of many places, in their order. */
export function lookAtEach<Place, Found>(
  places: readonly Place[],
  look: (place: Place) => Promise<Found>,
): Promise<Found[]> {
  const queue = new PQueue({ concurrency: looksAtOnce });
  return queue.addAll(places.map((place) => () => look(place)));
}
