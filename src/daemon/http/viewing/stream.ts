import { Hono, type Context } from 'hono';
import { byteStream } from '../../streaming/byte-stream.js';
import { completeMp4 } from '../../streaming/complete-mp4.js';
import type { Streaming } from '../../streaming/streaming.js';
import type { AppEnv } from '../env.js';
import { sendRepresentation } from '../answer/representation.js';

/** A video as one MP4 with ranges, put together from its segments while it is sent. */
export function streamRoutes(streaming: Streaming): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/stream/:videoId', (c) => sendMp4(c, streaming));
}

async function sendMp4(
  c: Context<AppEnv, '/stream/:videoId'>,
  streaming: Streaming,
): Promise<Response> {
  const quality = c.req.query('quality');
  const mp4 = await completeMp4(streaming, c.req.param('videoId'), quality);
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
