import type { Hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Half a millisecond of hashing: other requests go on between two slices. */
const sliceBytes = 1024 * 1024;

/** Feeds many bytes to a hash without holding up the event loop. */
export async function hashSlices(hash: Hash, pieces: readonly Uint8Array[]): Promise<void> {
  let sinceTurn = 0;
  for (const slice of slicesOf(pieces)) {
    if (sinceTurn >= sliceBytes) {
      await nextTurn();
      sinceTurn = 0;
    }
    hash.update(slice);
    sinceTurn += slice.length;
  }
}

function* slicesOf(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += sliceBytes) yield piece.subarray(at, at + sliceBytes);
  }
}
