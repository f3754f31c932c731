import { Hono } from 'hono';
import {
  appendToTusUpload,
  createTusUpload,
  removeTusUpload,
  tusUpload,
} from '../../../shared/contract/operations/tus.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Uploads } from '../../uploads/uploads.js';
import { errorResponse } from '../answer/error-response.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import { create } from './create.js';
import { head } from './head.js';
import { patch } from './patch.js';
import { remove } from './remove.js';
import { demandTusVersion } from './version.js';

/** "the Server MUST respond with the 460 Checksum Mismatch status". */
const checksumMismatch = 460;

/** Resumable uploads by the standard: https://tus.io/protocols/resumable-upload 1.0.x. */
export function tusRoutes(uploads: Uploads): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use('/tus/*', demandTusVersion);
  endpoint(app, createTusUpload, create(uploads));
  endpoint(app, tusUpload, head(uploads));
  endpoint(app, appendToTusUpload, patch(uploads));
  endpoint(app, removeTusUpload, remove(uploads));
  return app.onError((error, c) => {
    const isMismatch = error instanceof KdramaError && error.code === 'UPLOAD_CHECKSUM_MISMATCH';
    return errorResponse(c, error, isMismatch ? checksumMismatch : undefined);
  });
}
