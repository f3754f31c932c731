import { Hono, type Context } from 'hono';
import {
  completeUploadRequest,
  startUploadRequest,
  type ChunkResponse,
  type StartUploadResponse,
  type UploadAccepted,
} from '../../shared/contract/index.js';
import { chunkCount } from '../uploads/gaps.js';
import type { Accepted } from '../uploads/context.js';
import type { Uploads } from '../uploads/uploads.js';
import { accepted } from './accepted.js';
import type { ChunkReader } from './chunk-body.js';
import type { AppEnv } from './env.js';
import { readJson } from './json-body.js';

/** Uploads in checksummed chunks, in any order, resumable. */
export function uploadRoutes(uploads: Uploads, readChunk: ChunkReader): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .post('/upload/start', async (c) => {
      const upload = await uploads.start(await readJson(c, startUploadRequest));
      const count = chunkCount(upload.sizeBytes, upload.chunkBytes ?? upload.sizeBytes);
      const base = `${c.get('prefix')}/upload/chunk/${upload.id}`;
      return c.json({
        uploadId: upload.id,
        chunkUrls: Array.from({ length: count }, (_, index) => `${base}/${index}`),
        expiresAt: new Date(upload.expiresAt).toISOString(),
      } satisfies StartUploadResponse);
    })
    .post('/upload/chunk/:uploadId/:chunkIndex', async (c) => {
      const { uploadId, chunkIndex } = c.req.param();
      const sha256 = await readChunk(c, uploads.find(uploadId), chunkIndex, (range) =>
        uploads.receive(uploadId, range),
      );
      return c.json({
        chunkIndex: Number(chunkIndex),
        received: true,
        checksum: sha256,
      } satisfies ChunkResponse);
    })
    .post('/upload/complete/:uploadId', async (c) => {
      const { finalChecksum } = await readJson(c, completeUploadRequest);
      return uploadAccepted(c, await uploads.complete(c.req.param('uploadId'), finalChecksum));
    })
    .get('/upload/:uploadId', (c) => {
      c.header('Cache-Control', 'no-store');
      return c.json(uploads.status(c.req.param('uploadId')));
    })
    .delete('/upload/:uploadId', async (c) => {
      await uploads.abort(c.req.param('uploadId'));
      return c.body(null, 204);
    });
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
