import { Hono, type Context } from 'hono';
import type { Input } from '../../../shared/contract/operation.js';
import {
  masterPlaylist,
  signedMasterPlaylist,
  signedStreamFile,
  streamFile,
} from '../../../shared/contract/operations/stream.js';
import { KdramaError } from '../../../shared/errors.js';
import { initFileName } from '../../layout.js';
import { cueSegment } from '../../streaming/cue-segment.js';
import { cuesFile } from '../../streaming/cues-file.js';
import { iFramePlaylist } from '../../streaming/i-frame-playlist.js';
import type { PlannedStream } from '../../streaming/lookup.js';
import { masterPlaylist as masterPlaylistOf } from '../../streaming/master-playlist.js';
import { mediaPlaylist, segmentsListed } from '../../streaming/media-playlist.js';
import { iFramePlaylistName } from '../../streaming/playlist-uris.js';
import { inQuality } from '../../streaming/quality.js';
import { initNumber } from '../../streaming/segment-waiter.js';
import type { Streaming } from '../../streaming/streaming.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import { sendText } from '../answer/text-response.js';
import { keyGate, openToOtherPages } from './signed.js';
import { forever, segmentAnswers, type Segments } from './segments.js';

const playlistType = 'application/vnd.apple.mpegurl';

/**
 * Playlists, init segments and segments. The same bytes are served twice: to who is signed in, and
 * below a key that opens one video for players which cannot sign in. URIs in playlists are relative,
 * so they inherit the key.
 */
export function hlsRoutes(streaming: Streaming, accelLocation?: string): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use('/stream/:videoId/key/:key/hls/*', openToOtherPages, keyGate(streaming));
  for (const described of [masterPlaylist, signedMasterPlaylist] as const) {
    endpoint(app, described, (c, { params, query }) =>
      sendMaster(c, streaming, params.videoId, query.quality),
    );
  }
  const segments = segmentAnswers(streaming, accelLocation);
  for (const described of [streamFile, signedStreamFile] as const) {
    endpoint(
      app,
      described,
      (c, { params }) =>
        segments.sendKnown(c, params) ?? sendStreamFile(c, streaming, segments, params),
    );
  }
  return app;
}

function sendMaster(
  c: Context,
  { lookup, iFrames }: Streaming,
  videoId: string,
  quality: string | undefined,
): Promise<Response> {
  const presentation = inQuality(lookup.presentation(videoId), quality);
  const { plan, pictures, sounds, surrounds } = presentation;
  const complete = [...pictures, ...sounds, ...surrounds].flatMap((rendition) => {
    const known = lookup.measured(rendition);
    return known === undefined ? [] : [[rendition.id, known] as const];
  });
  const measured = new Map(complete);
  const unread = pictures.filter(({ id }) => {
    const known = measured.get(id);
    return known !== undefined && known.iFrames === undefined;
  });
  iFrames.findOut(unread.map((rendition) => ({ videoId, plan, rendition })));
  const playlist = masterPlaylistOf(presentation, measured);
  return sendText(c, playlist, { contentType: playlistType, cacheControl: 'no-cache' });
}

function sendStreamFile(
  c: Context<AppEnv>,
  streaming: Streaming,
  segments: Segments,
  address: Input<typeof streamFile>['params'],
): Promise<Response> {
  const { videoId, planId, name, version, file } = address;
  const stream = streaming.lookup.stream(videoId, planId, name, version);
  const [, number, extension] = /^(0|[1-9]\d{0,6})\.(m4s|vtt)$/.exec(file) ?? [];
  const { kind } = stream.rendition.traits;
  const isText = kind === 'subtitle';
  if (file === 'playlist.m3u8') return sendMediaPlaylist(c, stream);
  if (file === iFramePlaylistName && kind === 'video') return sendIFrames(c, streaming, stream);
  if (file === initFileName && !isText) return segments.send(c, address, stream, initNumber);
  if (number === undefined || Number(number) >= segmentsListed(stream.plan, stream.rendition)) {
    throw new KdramaError('NOT_FOUND');
  }
  if (isText && extension === 'vtt') return sendCues(c, streaming, stream, Number(number));
  if (!isText && extension === 'm4s') return segments.send(c, address, stream, Number(number));
  throw new KdramaError('NOT_FOUND');
}

function sendMediaPlaylist(c: Context, { plan, rendition }: PlannedStream): Promise<Response> {
  const playlist = mediaPlaylist(plan, rendition);
  return sendText(c, playlist, { contentType: playlistType, cacheControl: forever });
}

async function sendIFrames(
  c: Context,
  { iFrames, lookup }: Streaming,
  stream: PlannedStream,
): Promise<Response> {
  const bytes = await iFrames.of(stream);
  if (bytes === undefined) throw lookup.notReady(stream.videoId, 'not all segments are made', 5);
  return sendText(c, iFramePlaylist(stream.plan, bytes), {
    contentType: playlistType,
    cacheControl: forever,
  });
}

async function sendCues(
  c: Context,
  streaming: Streaming,
  stream: PlannedStream,
  number: number,
): Promise<Response> {
  const { plan, rendition, videoId } = stream;
  const path = await cuesFile(streaming, videoId, rendition, c.req.raw.signal);
  const track = await streaming.tracks.read(path);
  const [start = 0, end = 0] = plan.boundaries.slice(number, number + 2);
  return sendText(c, cueSegment(track, start, end), {
    contentType: 'text/vtt; charset=utf-8',
    cacheControl: forever,
  });
}
