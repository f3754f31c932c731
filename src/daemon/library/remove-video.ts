import { existsSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { KdramaError } from '../../shared/errors.js';
import { newId } from '../../shared/ids.js';
import type { Bus } from '../bus.js';
import type { Jobs } from '../jobs/service.js';
import type { Layout } from '../layout.js';
import type { Store } from '../store/store.js';

export interface RemovalParts {
  readonly store: Store;
  readonly jobs: Pick<Jobs, 'stopVideo'>;
  readonly bus: Bus;
  readonly layout: Layout;
}

/**
 * Takes a video out of the library: its work stops, then its rows go in one transaction together
 * with its files' place, then the bytes. A crash in between leaves either all of it or files where
 * the next start sweeps. Throws STREAM_VIDEO_NOT_FOUND.
 */
export async function removeVideo(parts: RemovalParts, id: string): Promise<void> {
  const { store, jobs, bus, layout } = parts;
  await jobs.stopVideo(id);
  const aside = layout.attempt(newId());
  store.transaction(() => {
    if (!store.videos.remove(id)) throw new KdramaError('STREAM_VIDEO_NOT_FOUND', id);
    store.afterCommit(() => bus.emit('video', { videoId: id }));
    if (existsSync(layout.video(id))) renameSync(layout.video(id), aside);
  });
  await rm(aside, { recursive: true, force: true });
}
