import { join } from 'node:path';
import { Hono } from 'hono';
import type {
  WatchedFileList,
  WatchedFileView,
  WatchList,
  WatchView,
} from '../../../shared/contract/index.js';
import {
  addWatch,
  listWatches,
  removeWatch,
  showWatch,
  watchFiles,
} from '../../../shared/contract/operations/watches.js';
import type { Services } from '../../services.js';
import type { WatchedFile } from '../../store/watched-files.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import { demandLocalAdmin } from '../uploads/imports.js';

type Watches = Services['watches'];
type WatchReport = ReturnType<Watches['get']>;

/** Folders of this machine whose files become videos by themselves. */
export function watchRoutes(watches: Watches): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, listWatches, (c) => {
    demandLocalAdmin(c);
    c.header('Cache-Control', 'no-store');
    return c.json({ watches: watches.list().map(watchView) } satisfies WatchList);
  });
  endpoint(app, addWatch, async (c, { body }) => {
    demandLocalAdmin(c);
    return c.json(watchView(await watches.add(body)));
  });
  endpoint(app, showWatch, (c, { params: { id } }) => {
    demandLocalAdmin(c);
    c.header('Cache-Control', 'no-store');
    return c.json(watchView(watches.get(id)));
  });
  endpoint(app, removeWatch, async (c, { params: { id } }) => {
    demandLocalAdmin(c);
    await watches.remove(id);
    return c.body(null, 204);
  });
  endpoint(
    app,
    watchFiles,
    (c, { params: { id }, query: { state = null, limit, cursor = '' } }) => {
      demandLocalAdmin(c);
      const { watch } = watches.get(id);
      const found = watches.files(id, { state, after: cursor, limit: limit + 1 });
      const shown = found.slice(0, limit);
      const nextCursor = found.length > limit ? (shown.at(-1)?.path ?? null) : null;
      const files = shown.map((file) => fileView(watch.path, file));
      c.header('Cache-Control', 'no-store');
      return c.json({ files, nextCursor } satisfies WatchedFileList);
    },
  );
  return app;
}

function watchView({ watch, status, counts }: WatchReport): WatchView {
  const { id, path, mode, polls, isOnce, origin, createdAt } = watch;
  const { state, error, isSettled, settleSeconds, scannedAt } = status;
  return {
    ...{ id, path, mode, poll: polls, once: isOnce, origin, state, error },
    settled: isSettled,
    settleSeconds,
    files: { waiting: 0, importing: 0, added: 0, refused: 0, noted: 0, ...counts },
    createdAt: new Date(createdAt).toISOString(),
    scannedAt: scannedAt === null ? null : new Date(scannedAt).toISOString(),
  };
}

function fileView(folder: string, file: WatchedFile): WatchedFileView {
  const { path, state, videoId, error, isPresent, identity, updatedAt } = file;
  return {
    ...{ path: join(folder, path), state, error, present: isPresent },
    videoId: state === 'added' ? videoId : null,
    sizeBytes: identity?.sizeBytes ?? null,
    updatedAt: new Date(updatedAt).toISOString(),
  };
}
