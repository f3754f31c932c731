import { rm } from 'node:fs/promises';
import { uploadLifeMs } from './context.js';
import type { Receiver } from './receiver.js';

/** Ends what has expired, removes its bytes, and forgets what ended a day before. */
export async function sweepExpired(context: Receiver): Promise<void> {
  const now = context.clock.now();
  for (const { id, sizeBytes } of context.store.uploads.expired(now)) {
    context.turns.interrupt(id);
    await context.locks.run(id, 0, sizeBytes, () => discardUpload(context, id));
  }
  context.store.uploads.forget(now - uploadLifeMs);
}

/** Row first: a file that no unfinished upload names is swept at the next start. */
export async function discardUpload(context: Receiver, id: string): Promise<boolean> {
  if (!context.store.uploads.abort(id)) return false;
  context.fronts.drop(id);
  await rm(context.layout.upload(id), { force: true });
  return true;
}
