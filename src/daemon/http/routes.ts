import type { Hono } from 'hono';
import type { Config } from '../config.js';
import type { Services } from '../services.js';
import { apiKeyRoutes } from './auth/api-keys.js';
import { deviceRoutes } from './auth/devices.js';
import { sessionRoutes, type SessionRouteParts } from './auth/session-routes.js';
import { passwordCheck, signInRoutes } from './auth/sign-in.js';
import { userRoutes } from './auth/users.js';
import { validateRoutes } from './auth/validate.js';
import { createPasswordAttempts } from './limits/password-attempts.js';
import { createChunkReader } from './request/chunk-body.js';
import type { AppEnv } from './env.js';
import { libraryRoutes } from './viewing/library.js';
import { hlsRoutes } from './viewing/hls.js';
import { importRoutes } from './uploads/imports.js';
import { jobRoutes } from './jobs/jobs.js';
import { webhookRoutes } from './jobs/webhooks.js';
import { streamRoutes } from './viewing/stream.js';
import { tusRoutes } from './tus/tus.js';
import { seekBarRoutes } from './viewing/seek-bar.js';
import { subtitleTextRoutes } from './viewing/subtitle-text.js';
import { subtitleRoutes } from './viewing/subtitles.js';
import { transcodeRoutes } from './jobs/transcode.js';
import { uploadRoutes } from './uploads/uploads.js';
import { videoRoutes } from './viewing/videos.js';
import { usageRoutes } from './usage.js';
import { watchRoutes } from './watches/watches.js';
import { workRoutes } from './work.js';
import { wholeUploadRoutes } from './uploads/whole-upload.js';

export type AuthParts = Omit<SessionRouteParts, 'checkPassword'>;

/** What the configuration says about answers. */
export type RouteOptions = Pick<Config, 'accelLocation'>;

/** Every resource under the API's prefixes. */
export function apiRoutes(
  services: Services,
  auth: AuthParts,
  { accelLocation }: RouteOptions,
): Hono<AppEnv>[] {
  const { uploads, catalogue, layout, streaming, tools } = services;
  const { accounts, clock } = services;
  const signIn = { ...auth, accounts, attempts: createPasswordAttempts() };
  const videos = {
    catalogue,
    layout,
    signedPaths: streaming.signedPaths,
    lookup: streaming.lookup,
  };
  const canTranscode = async () => (await tools.find()) !== undefined;
  return [
    sessionRoutes({ ...auth, checkPassword: passwordCheck(signIn) }),
    signInRoutes(signIn),
    validation(services),
    userRoutes(accounts.users),
    apiKeyRoutes(accounts, clock),
    deviceRoutes(services.store.devices),
    uploadRoutes(uploads, createChunkReader()),
    wholeUploadRoutes(uploads),
    tusRoutes(uploads),
    importRoutes(uploads),
    watchRoutes(services.watches),
    jobRoutes(services),
    workRoutes(services.jobs.work),
    usageRoutes(services.store.usage),
    webhookRoutes({ ...services, deliveries: services.store.deliveries }),
    transcodeRoutes({ ...services, canTranscode }),
    videoRoutes(videos),
    seekBarRoutes(videos),
    libraryRoutes({ ...services, ...videos }),
    subtitleRoutes({ ...services, catalogue }),
    subtitleTextRoutes(streaming),
    streamRoutes(streaming),
    hlsRoutes(streaming, accelLocation),
  ];
}

/** Also without a prefix: it is written into the configuration of proxies. */
export function validation({ uploads, jobs, store, streaming }: Services): Hono<AppEnv> {
  return validateRoutes({
    ownerOfUpload: (id) => uploads.ownerOf(id),
    jobOf: (id) => jobs.view(id),
    isReader: jobs.isReader,
    ownerOfVideo: (id) => store.videos.find(id)?.owner,
    checkKey: streaming.checkKey,
  });
}
