import type { appendToTusUpload } from '../../../shared/contract/operations/tus.js';
import type { Uploads } from '../../uploads/uploads.js';
import type { Handler } from '../endpoint.js';
import { demandOwnUpload } from '../uploads/own-upload.js';
import { bytesAt } from './body.js';
import { showPosition } from './show-position.js';

/** PATCH /tus/:uploadId. */
export function patch(uploads: Uploads): Handler<typeof appendToTusUpload> {
  return async (c, { params: { uploadId }, headers }) => {
    demandOwnUpload(c, uploads, uploadId);
    const bytes = bytesAt(c, headers['upload-offset'], headers['upload-checksum']);
    // "The Server MUST acknowledge successful PATCH requests with the 204 No Content status. It MUST
    // include the Upload-Offset header containing the new offset."
    showPosition(c, await uploads.append(uploadId, bytes));
    return c.body(null, 204);
  };
}
