import { Hono } from 'hono';
import { subtitleText } from '../../../shared/contract/operations/subtitles.js';
import { KdramaError } from '../../../shared/errors.js';
import { cuesFile } from '../../streaming/cues-file.js';
import type { Subtitle } from '../../streaming/presentation.js';
import type { Streaming } from '../../streaming/streaming.js';
import { isAttached } from '../../subtitles/renditions.js';
import { sendFile } from '../answer/file-response.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';

/** Every text of a video as one WebVTT file, whatever it came as. */
export function subtitleTextRoutes(streaming: Streaming): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, subtitleText, async (c, { params: { id, subtitleId, track } }) => {
    const { subtitles } = streaming.lookup.presentation(id);
    const wanted = subtitles.find((row) => isTrack(row, subtitleId, Number(track)));
    if (wanted === undefined) throw new KdramaError('SUBTITLE_NOT_FOUND', subtitleId);
    return sendFile(c, {
      path: await cuesFile(streaming, id, wanted, c.req.raw.signal),
      contentType: 'text/vtt; charset=utf-8',
      cacheControl: 'private, no-cache',
      etag: wanted.id,
    });
  });
  return app;
}

/** What is inside the video has one track, and the name of its rendition. */
function isTrack(row: Subtitle, subtitleId: string, track: number): boolean {
  if (isAttached(row)) return row.subtitleId === subtitleId && row.track === track;
  return row.name === subtitleId && track === 0;
}
