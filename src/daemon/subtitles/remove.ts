import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import type { SubtitleParts } from './context.js';

/** Takes a subtitle file away from a video. Throws SUBTITLE_NOT_FOUND. */
export async function removeSubtitle(
  parts: SubtitleParts,
  videoId: string,
  id: string,
): Promise<void> {
  const { store, bus } = parts;
  store.transaction(() => {
    if (!store.subtitles.remove(videoId, id)) throw new KdramaError('SUBTITLE_NOT_FOUND', id);
    store.afterCommit(() => bus.emit('video', { videoId }));
  });
  await removeDirectories(parts, videoId);
}

/** Removes what no row names: just deleted, or left by a daemon that died before its row was written. */
export async function removeDirectories(
  { store, layout }: Pick<SubtitleParts, 'store' | 'layout'>,
  videoId: string,
): Promise<void> {
  const directory = layout.subtitles(videoId);
  if (!existsSync(directory)) return;
  const present = await readdir(directory);
  const named = new Set(store.subtitles.ofVideo(videoId).map(({ id }) => id));
  for (const name of present.filter((each) => !named.has(each))) {
    await rm(join(directory, name), { recursive: true, force: true });
  }
}
