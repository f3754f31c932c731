import { KdramaError } from '../../shared/errors.js';
import type { Upload } from '../store/uploads.js';
import type { UploadContext } from './context.js';

/** Any upload that is remembered, ended ones too. Throws UPLOAD_NOT_FOUND. */
export function findUpload({ store }: Pick<UploadContext, 'store'>, id: string): Upload {
  const upload = store.uploads.find(id);
  if (upload === undefined) throw new KdramaError('UPLOAD_NOT_FOUND', id);
  return upload;
}

/**
 * An upload that still takes bytes. Throws UPLOAD_NOT_FOUND, UPLOAD_EXPIRED, UPLOAD_CONFLICT (it is
 * complete or an import), or why it failed.
 */
export function findOpenUpload(
  context: Pick<UploadContext, 'store' | 'clock'>,
  id: string,
): Upload {
  const upload = findUpload(context, id);
  refuseExpired(upload, context.clock.now());
  if (upload.state === 'open') return upload;
  throw whyNotOpen(upload);
}

/** Throws UPLOAD_EXPIRED for an unfinished upload whose time is over, swept already or not. */
export function refuseExpired(upload: Upload, now: number): void {
  const unfinished = upload.state === 'open' || upload.state === 'aborted';
  if (unfinished && upload.expiresAt <= now) throw new KdramaError('UPLOAD_EXPIRED', upload.id);
}

function whyNotOpen({ id, state, error }: Upload): KdramaError {
  if (error !== null) return new KdramaError(error.code, undefined, { message: error.message });
  if (state === 'aborted') return new KdramaError('UPLOAD_NOT_FOUND', `${id} was aborted`);
  return new KdramaError('UPLOAD_CONFLICT', undefined, {
    message: `This upload takes no more bytes: it is ${state}`,
  });
}
