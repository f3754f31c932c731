import { Hono, type Context } from 'hono';
import { signedStreamVideo, streamVideo } from '../../../shared/contract/operations/stream.js';
import { byteStream } from '../../streaming/byte-stream.js';
import { completeMp4 } from '../../streaming/complete-mp4.js';
import type { Streaming } from '../../streaming/streaming.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import { sendRepresentation } from '../answer/representation.js';
import { keyGate, openToOtherPages } from './signed.js';

/** A video as one MP4 with ranges, put together from its segments while it is sent. */
export function streamRoutes(streaming: Streaming): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use('/stream/:videoId/key/:key/video.mp4', openToOtherPages, keyGate(streaming));
  for (const described of [streamVideo, signedStreamVideo] as const) {
    endpoint(app, described, (c, { params, query }) =>
      sendMp4(c, streaming, params.videoId, query.quality),
    );
  }
  return app;
}

async function sendMp4(
  c: Context<AppEnv>,
  streaming: Streaming,
  videoId: string,
  quality: string | undefined,
): Promise<Response> {
  const mp4 = await completeMp4(streaming, videoId, quality);
  // Without a name the answer is another one as soon as a better quality is complete.
  const cacheControl = quality === undefined ? 'private, no-cache' : 'public, max-age=3600';
  if (quality !== undefined) c.header('Vary', 'Authorization, Cookie', { append: true });
  return sendRepresentation(
    c,
    { contentType: 'video/mp4', etag: mp4.etag, cacheControl },
    mp4.sizeBytes,
    (start, end) => byteStream(mp4.read(start, end)),
  );
}
