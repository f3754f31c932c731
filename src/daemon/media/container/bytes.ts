/** Reading parts of a file that somebody else wrote: its numbers may be made to cost us. */
import { open } from 'node:fs/promises';
import PQueue from 'p-queue';

/**
 * The bytes [at, at + length) of a file; fewer where it ends before. Throws RangeError at a place that no
 * file has, and when more is read than an index can be worth.
 */
export type ReadBytes = (at: number, length: number) => Promise<Buffer>;

/** Ten hours have 36,000 key frames of a second, each looked at a few times. */
const mostReads = 300_000;
/** A header can be as long as the whole of a small file, and be read twice. */
const freeBytes = 64 * 1024 * 1024;

/** Reads from one file for as long as `work` takes: no more bytes than it has, headers left aside. */
export async function withBytes<T>(
  path: string,
  work: (read: ReadBytes, sizeBytes: number) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    let reads = 0;
    let bytesLeft = size + freeBytes;
    return await work(async (at, length) => {
      signal?.throwIfAborted();
      reads += 1;
      bytesLeft -= length;
      const isPossible = Number.isSafeInteger(at) && at >= 0 && length >= 0;
      if (!isPossible || reads > mostReads || bytesLeft < 0) {
        throw new RangeError(`${length} bytes at ${at}, ${reads} reads`);
      }
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    }, size);
  } finally {
    await file.close();
  }
}

/** As withBytes; undefined where what is read is broken, which a RangeError says. */
export async function findInBytes<T>(
  ...[path, work, signal]: Parameters<typeof withBytes<T>>
): Promise<T | undefined> {
  try {
    return await withBytes(path, work, signal);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Reads `atOnce` bytes where fewer are asked for: for a walk along what lies close together. `known`: bytes that were read already. */
export function windowed(
  read: ReadBytes,
  atOnce: number,
  known: { readonly from: number; readonly bytes: Buffer } = { from: 0, bytes: Buffer.alloc(0) },
): ReadBytes {
  let { from, bytes } = known;
  return async (at, length) => {
    if (at < from || at + length > from + bytes.length) {
      bytes = await read(at, Math.max(length, atOnce));
      from = at;
    }
    return bytes.subarray(at - from, at - from + length);
  };
}

/** On a disk across the network each look takes a while; of each, only some bytes are kept. */
const looksAtOnce = 16;

/** What is found at each of many places, in their order. */
export async function lookAtEach<Place, Found>(
  places: readonly Place[],
  look: (place: Place) => Promise<Found>,
): Promise<Found[]> {
  const queue = new PQueue({ concurrency: looksAtOnce });
  try {
    return await queue.addAll(places.map((place) => () => look(place)));
  } finally {
    queue.clear();
  }
}
