import type { tusUpload } from '../../../shared/contract/operations/tus.js';
import type { Uploads } from '../../uploads/uploads.js';
import type { Handler } from '../endpoint.js';
import { demandOwnUpload } from '../uploads/own-upload.js';
import { showPosition } from './show-position.js';

/** HEAD /tus/:uploadId, and GET for people. */
export function head(uploads: Uploads): Handler<typeof tusUpload> {
  return async (c, { params: { uploadId } }) => {
    // "The Server MUST prevent the client and/or proxies from caching the response".
    c.header('Cache-Control', 'no-store');
    demandOwnUpload(c, uploads, uploadId);
    const isHead = c.req.method === 'HEAD';
    const position = await (isHead ? uploads.settle(uploadId) : uploads.position(uploadId));
    const { sizeBytes, tusMetadata } = position.upload;
    // "The Server MUST always include the Upload-Offset header in the response for a HEAD request,
    // even if the offset is 0, or the upload is already considered completed."
    showPosition(c, position);
    // "If the size of the upload is known, the Server MUST include the Upload-Length header".
    c.header('Upload-Length', String(sizeBytes));
    // "responses to HEAD requests MUST include the Upload-Metadata header and its value as specified
    // by the Client during the creation."
    if (tusMetadata !== null) c.header('Upload-Metadata', tusMetadata);
    return c.json(uploads.status(uploadId));
  };
}
