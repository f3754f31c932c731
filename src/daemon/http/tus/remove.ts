import type { removeTusUpload } from '../../../shared/contract/operations/tus.js';
import type { Uploads } from '../../uploads/uploads.js';
import type { Handler } from '../endpoint.js';
import { demandOwnUpload } from '../uploads/own-upload.js';

/** DELETE /tus/:uploadId. */
export function remove(uploads: Uploads): Handler<typeof removeTusUpload> {
  return async (c, { params: { uploadId } }) => {
    demandOwnUpload(c, uploads, uploadId);
    // "the Server SHOULD free associated resources and MUST respond with the 204 No Content status".
    await uploads.abort(uploadId);
    return c.body(null, 204);
  };
}
