import { Hono, type Context } from 'hono';
import type {
  SoundView,
  VideoDetails,
  VideoList,
  VideoView,
} from '../../../shared/contract/index.js';
import {
  listVideos,
  showVideo,
  videoPoster,
  videoSource,
} from '../../../shared/contract/operations/videos.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Layout } from '../../layout.js';
import type { Catalogue, CatalogueEntry } from '../../library/catalogue.js';
import { chapterView, videoView } from '../../library/view.js';
import { contentDisposition } from '../answer/content-disposition.js';
import { soundsInOrder } from '../../streaming/presentation.js';
import type { Streaming } from '../../streaming/streaming.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import { sendFile } from '../answer/file-response.js';

export interface VideoParts {
  readonly catalogue: Catalogue;
  readonly layout: Layout;
  /** Path after the prefix of a master playlist that opens without signing in. */
  readonly signedPaths: Streaming['signedPaths'];
  readonly lookup: Pick<Streaming['lookup'], 'presentation'>;
}

/** The library: lists, single videos, the uploaded bytes, posters. */
export function videoRoutes(parts: VideoParts): Hono<AppEnv> {
  const { catalogue } = parts;
  const app = new Hono<AppEnv>();
  endpoint(app, listVideos, (c, { query }) => {
    const { fingerprint } = query;
    const { entries, next } =
      fingerprint === undefined
        ? catalogue.page(query)
        : { entries: catalogue.withFingerprint(fingerprint), next: null };
    const videos = entries.map((entry) => view(c, parts, entry));
    return noStore(c).json({ videos, nextCursor: next } satisfies VideoList);
  });
  endpoint(app, showVideo, (c, { params }) => videoJson(c, parts, params.id));
  endpoint(app, videoSource, (c, { params }) => sendSource(c, parts, catalogue.get(params.id)));
  endpoint(app, videoPoster, (c, { params }) => sendPoster(c, parts, catalogue.get(params.id)));
  return app;
}

/** One video as the asking client sees it. Throws STREAM_VIDEO_NOT_FOUND. */
export function videoJson(c: Context<AppEnv>, parts: VideoParts, id: string): Response {
  const { catalogue } = parts;
  const entry = catalogue.get(id);
  const details = {
    ...view(c, parts, entry),
    sounds: soundViews(parts, entry),
    chapters: catalogue.chaptersOf(entry.video).map(chapterView),
  };
  return noStore(c).json(details satisfies VideoDetails);
}

function soundViews({ lookup }: VideoParts, { video }: CatalogueEntry): SoundView[] {
  if (video.planId === null) return [];
  return soundsInOrder(lookup.presentation(video.id)).map(({ name, traits }) => {
    const { language, label, channels } = traits;
    return { name, language, label, channels };
  });
}

function view(c: Context<AppEnv>, parts: VideoParts, entry: CatalogueEntry): VideoView {
  const { video, job } = entry;
  const prefix = c.get('prefix');
  const signed = parts.signedPaths(video.id);
  return videoView(video, job, entry, {
    hls: `${prefix}${signed.hls}`,
    mp4: `${prefix}${signed.mp4}`,
    poster: `${prefix}/videos/${video.id}/poster`,
    storyboard: `${prefix}/videos/${video.id}/storyboard.vtt`,
  });
}

function sendSource(c: Context<AppEnv>, { layout }: VideoParts, { video }: CatalogueEntry) {
  if (video.sourceState !== 'kept') throw new KdramaError('SOURCE_NOT_KEPT', video.id);
  return sendFile(c, {
    path: layout.source(video.id),
    sizeBytes: video.sizeBytes,
    contentType: 'application/octet-stream',
    etag: video.sha256,
    cacheControl: 'private, no-cache',
    disposition: contentDisposition(video.filename),
  });
}

function sendPoster(c: Context<AppEnv>, { layout }: VideoParts, { video }: CatalogueEntry) {
  if (video.posterBytes === null) throw new KdramaError('NOT_FOUND', 'it has no poster yet');
  return sendFile(c, {
    path: layout.poster(video.id),
    sizeBytes: video.posterBytes,
    contentType: 'image/jpeg',
    etag: `${video.id}.poster.${video.posterBytes}`,
    cacheControl: 'private, no-cache',
  });
}

/** Progress changes by the second and addresses carry keys. */
function noStore(c: Context<AppEnv>): Context<AppEnv> {
  c.header('Cache-Control', 'no-store');
  return c;
}
