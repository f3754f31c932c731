import { rm } from 'node:fs/promises';
import { uploadLifeMs } from './parts.js';
import type { Receiver } from './receiver.js';

/** Ends what has expired, removes its bytes, and forgets what ended a day before. */
export async function sweepExpired(parts: Receiver): Promise<void> {
  const now = parts.clock.now();
  for (const { id, sizeBytes } of parts.store.uploads.expired(now)) {
    await parts.locks.run(id, 0, sizeBytes, () => discardUpload(parts, id));
  }
  parts.store.uploads.forget(now - uploadLifeMs);
}

/** Row first: a file that no unfinished upload names is swept at the next start. */
export async function discardUpload(parts: Receiver, id: string): Promise<boolean> {
  if (!parts.store.uploads.abort(id)) return false;
  parts.fronts.drop(id);
  await rm(parts.layout.upload(id), { force: true });
  return true;
}
