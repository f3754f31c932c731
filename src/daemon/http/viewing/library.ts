import { Hono } from 'hono';
import type { SeriesList } from '../../../shared/contract/index.js';
import {
  deleteVideo,
  editVideo,
  listSeries,
  replaceVideo,
} from '../../../shared/contract/operations/videos.js';
import { changeVideo } from '../../library/change-video.js';
import { removeVideo } from '../../library/remove-video.js';
import { replaceVideo as replace } from '../../library/replacement.js';
import type { Services } from '../../services.js';
import { demandOwnVideo } from './own-video.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import { videoJson, type VideoParts } from './videos.js';

export type LibraryParts = VideoParts & Pick<Services, 'store' | 'jobs' | 'bus'>;

/** Changes to the library, and its series. */
export function libraryRoutes(parts: LibraryParts): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, editVideo, (c, { params: { id }, body }) => {
    demandOwnVideo(c, parts, id);
    changeVideo(parts, id, body);
    return videoJson(c, parts, id);
  });
  endpoint(app, deleteVideo, async (c, { params: { id } }) => {
    demandOwnVideo(c, parts, id);
    await removeVideo(parts, id);
    return c.body(null, 204);
  });
  endpoint(app, replaceVideo, (c, { params: { id }, body }) => {
    demandOwnVideo(c, parts, id);
    demandOwnVideo(c, parts, body.videoId);
    replace(parts, id, body.videoId);
    return videoJson(c, parts, body.videoId);
  });
  endpoint(app, listSeries, (c, { query: { limit, cursor = '' } }) => {
    const found = parts.store.shelves.series(cursor, limit + 1);
    const shown = found.slice(0, limit);
    const series = shown.map(({ newestAt, ...each }) => ({
      ...each,
      newestAt: new Date(newestAt).toISOString(),
    }));
    const nextCursor = found.length > limit ? (shown.at(-1)?.series ?? null) : null;
    c.header('Cache-Control', 'no-store');
    return c.json({ series, nextCursor } satisfies SeriesList);
  });
  return app;
}
