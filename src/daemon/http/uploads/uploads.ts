import { Hono, type Context } from 'hono';
import type {
  ChunkResponse,
  StartUploadResponse,
  UploadAccepted,
} from '../../../shared/contract/index.js';
import {
  abortUpload,
  completeUpload,
  sendChunk,
  startUpload,
  uploadState,
} from '../../../shared/contract/operations/upload.js';
import { chunkCount } from '../../uploads/gaps.js';
import type { Accepted } from '../../uploads/context.js';
import type { Uploads } from '../../uploads/uploads.js';
import { accepted } from '../answer/accepted.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import type { ChunkReader } from '../request/chunk-body.js';
import { demandOwnUpload, ownerOf } from './own-upload.js';

/** Uploads in checksummed chunks, in any order, resumable. */
export function uploadRoutes(uploads: Uploads, readChunk: ChunkReader): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, startUpload, async (c, { body }) => {
    const upload = await uploads.start({ ...body, ...ownerOf(c) });
    const count = chunkCount(upload.sizeBytes, upload.chunkBytes ?? upload.sizeBytes);
    const base = `${c.get('prefix')}/upload/chunk/${upload.id}`;
    return c.json({
      uploadId: upload.id,
      chunkUrls: Array.from({ length: count }, (_, index) => `${base}/${index}`),
      expiresAt: new Date(upload.expiresAt).toISOString(),
    } satisfies StartUploadResponse);
  });
  endpoint(app, sendChunk, async (c, { params: { uploadId, chunkIndex } }) => {
    demandOwnUpload(c, uploads, uploadId);
    const sha256 = await readChunk(c, uploads.find(uploadId), chunkIndex, (range) =>
      uploads.receive(uploadId, range),
    );
    return c.json({
      chunkIndex: Number(chunkIndex),
      received: true,
      checksum: sha256,
    } satisfies ChunkResponse);
  });
  endpoint(app, completeUpload, async (c, { params, body }) => {
    demandOwnUpload(c, uploads, params.uploadId);
    return uploadAccepted(c, await uploads.complete(params.uploadId, body.finalChecksum));
  });
  endpoint(app, uploadState, (c, { params }) => {
    demandOwnUpload(c, uploads, params.uploadId);
    c.header('Cache-Control', 'no-store');
    return c.json(uploads.status(params.uploadId));
  });
  endpoint(app, abortUpload, async (c, { params }) => {
    demandOwnUpload(c, uploads, params.uploadId);
    await uploads.abort(params.uploadId);
    return c.body(null, 204);
  });
  return app;
}

/** 202: the file is a video now and its job has begun. */
export function uploadAccepted(c: Context<AppEnv>, upload: Accepted): Response {
  return accepted(c, upload.jobId, {
    uploadId: upload.uploadId,
    videoId: upload.videoId,
    status: 'processing',
    transcodingJobId: upload.jobId,
  } satisfies UploadAccepted);
}
