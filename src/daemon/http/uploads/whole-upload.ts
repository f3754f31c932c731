import { Hono } from 'hono';
import { uploadWhole } from '../../../shared/contract/operations/upload.js';
import type { Uploads } from '../../uploads/uploads.js';
import { announcedBytes, bodyPieces } from '../request/body.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import { ownerOf } from './own-upload.js';
import { uploadAccepted } from './uploads.js';

/** `curl -T episode.mp4 …/upload?filename=…`: the whole file in one request. */
export function wholeUploadRoutes(uploads: Uploads): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, uploadWhole, async (c, { query: { filename, ...metadata }, headers }) => {
    const { incoming } = c.env;
    const upload = await uploads.receiveWhole({
      filename,
      // The whole file is its only chunk.
      checksum: headers['x-checksum'] ?? headers['x-chunk-checksum'],
      metadata,
      ...ownerOf(c),
      announcedBytes: announcedBytes(incoming),
      pieces: bodyPieces(incoming),
    });
    return uploadAccepted(c, upload);
  });
  return app;
}
