import { Hono, type Context } from 'hono';
import { signedStreamVideo, streamVideo } from '../../../shared/contract/operations/stream.js';
import { byteStream } from '../../streaming/byte-stream.js';
import { completeMp4 } from '../../streaming/mp4/complete-mp4.js';
import type { Mp4Wish } from '../../streaming/mp4/choice.js';
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
      sendMp4(c, streaming, params.videoId, query),
    );
  }
  return app;
}

async function sendMp4(
  c: Context<AppEnv>,
  streaming: Streaming,
  videoId: string,
  wish: Mp4Wish,
): Promise<Response> {
  const mp4 = await completeMp4(streaming, videoId, wish);
  // Without a name the answer is another one as soon as a better quality is complete.
  const isNamed = wish.quality !== undefined;
  const cacheControl = isNamed ? 'public, max-age=3600' : 'private, no-cache';
  if (isNamed) c.header('Vary', 'Authorization, Cookie', { append: true });
  return sendRepresentation(
    c,
    { contentType: 'video/mp4', etag: mp4.etag, cacheControl },
    mp4.sizeBytes,
    (start, end) => byteStream(mp4.read(start, end)),
  );
}
