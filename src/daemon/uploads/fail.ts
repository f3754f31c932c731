import { rm } from 'node:fs/promises';
import { KdramaError } from '../../shared/errors.js';
import type { UploadContext } from './context.js';
import type { Receiver } from './receiver.js';

/**
 * Ends an upload for good and removes its bytes; the reason is kept for whoever asks. Bytes first:
 * whoever reads that it failed finds nothing left of it.
 */
export async function failUpload(
  { store, layout }: Pick<UploadContext, 'store' | 'layout'>,
  id: string,
  error: unknown,
): Promise<void> {
  await rm(layout.upload(id), { force: true });
  const known = error instanceof KdramaError ? error : new KdramaError('INTERNAL');
  store.uploads.fail(id, { code: known.code, message: known.message });
}

/** The same for one that receives ranges: what waits in memory goes too. */
export async function failOpenUpload(context: Receiver, id: string, error: unknown): Promise<void> {
  await failUpload(context, id, error);
  context.fronts.drop(id);
}
