import type { Hono } from 'hono';
import type { Services } from '../services.js';
import { deviceRoutes } from './auth/devices.js';
import { sessionRoutes, type SessionRouteParts } from './auth/session-routes.js';
import { createChunkReader } from './request/chunk-body.js';
import type { AppEnv } from './env.js';
import { hlsRoutes } from './viewing/hls.js';
import { importRoutes } from './uploads/imports.js';
import { jobRoutes } from './jobs/jobs.js';
import { streamRoutes } from './viewing/stream.js';
import { transcodeRoutes } from './jobs/transcode.js';
import { uploadRoutes } from './uploads/uploads.js';
import { videoRoutes } from './viewing/videos.js';
import { wholeUploadRoutes } from './uploads/whole-upload.js';

/** Every resource under the API's prefixes. */
export function apiRoutes(services: Services, auth: SessionRouteParts): Hono<AppEnv>[] {
  const { uploads, catalogue, layout, streaming, tools } = services;
  const canTranscode = async () => (await tools.find()) !== undefined;
  return [
    sessionRoutes(auth),
    deviceRoutes(services.store.devices),
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
