import type { Hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Half a millisecond of hashing: other requests go on between two slices. */
const sliceBytes = 1024 * 1024;

/** Feeds many bytes to a hash without holding up the event loop. */
export async function hashSlices(hash: Hash, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    if (at > 0) await nextTurn();
    hash.update(bytes.subarray(at, at + sliceBytes));
  }
}
