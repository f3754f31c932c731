import type { Hono } from 'hono';
import type { Services } from '../services.js';
import { authRoutes, type AuthParts } from './auth.js';
import { createChunkReader } from './chunk-body.js';
import type { AppEnv } from './env.js';
import { hlsRoutes } from './hls.js';
import { importRoutes } from './imports.js';
import { jobRoutes } from './jobs.js';
import { streamRoutes } from './stream.js';
import { transcodeRoutes } from './transcode.js';
import { uploadRoutes } from './uploads.js';
import { videoRoutes } from './videos.js';
import { wholeUploadRoutes } from './whole-upload.js';

/** Every resource under the API's prefixes. */
export function apiRoutes(services: Services, auth: AuthParts): Hono<AppEnv>[] {
  const { uploads, catalogue, layout, streaming, tools } = services;
  const canTranscode = async () => (await tools.find()) !== undefined;
  return [
    authRoutes(auth),
    uploadRoutes(uploads, createChunkReader()),
    wholeUploadRoutes(uploads),
    importRoutes(uploads),
    jobRoutes(services),
    transcodeRoutes({ ...services, canTranscode }),
    videoRoutes({ catalogue, layout, signedHlsPath: streaming.signedHlsPath }),
    streamRoutes(streaming),
    hlsRoutes(streaming),
  ];
}
