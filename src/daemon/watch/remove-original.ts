import { join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import type { Watch } from '../store/watches.js';
import type { WatchContext } from './context.js';
import { outcomeOf } from './outcome.js';
import type { FileRecords } from './records.js';
import { isSameFile } from './settling.js';

/**
 * Removes a file whose video is in the library: only when the library has its bytes, and it is still
 * the very file that they came from. What cannot be removed stays, with the reason.
 */
export async function removeOriginal(
  { path: folder }: Watch,
  path: string,
  records: FileRecords,
  { files, uploads, clock, log }: WatchContext,
): Promise<void> {
  const file = records.find(path);
  if (file?.state !== 'added' || file.videoId === null || file.identity === null) return;
  const original = join(folder, path);
  try {
    if (!(await uploads.holds(file.videoId, file.identity.sizeBytes))) return;
    const found = await files.identityOf(original);
    if (found === undefined || !isSameFile(found, file.identity)) return;
    await files.remove(original);
    await uploads.own(file.videoId);
    records.change(path, { isPresent: false, error: null, retryAt: null });
    log.info({ path: original, videoId: file.videoId }, 'moved into the library');
  } catch (err) {
    const { error, retryAt } = outcomeOf(unremovable(original, err), clock.now());
    if (file.error?.message !== error?.message)
      log.warn({ path: original, err }, 'could not be removed');
    records.change(path, { error, retryAt });
  }
}

function unremovable(path: string, cause: unknown): KdramaError {
  const { code = String(cause) } = cause as NodeJS.ErrnoException;
  const message = `It is in the library, but ${path} could not be removed (${code})`;
  return new KdramaError('FILE_UNREADABLE', undefined, { message, cause });
}
