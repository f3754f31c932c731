import type { UploadContext } from './context.js';
import { storageError } from './storage-error.js';

/**
 * Seen by others at once, on the disk when the promise resolves. Throws STORAGE_FULL and leaves
 * everything as it was; any other failure of the database is the end of this daemon.
 */
export function commitDurably(
  { store, onBroken }: Pick<UploadContext, 'store' | 'onBroken'>,
  change: () => void,
): Promise<void> {
  try {
    return store.commitInBackground(change).catch((error: unknown) => {
      onBroken(error);
      throw error;
    });
  } catch (error) {
    throw storageError(error);
  }
}
