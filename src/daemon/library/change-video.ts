import type { VideoChange } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import type { Bus } from '../bus.js';
import { writeFileDurably } from '../durable-file.js';
import type { Layout } from '../layout.js';
import type { Store } from '../store/store.js';
import type { Video } from '../store/videos.js';
import { existsSync, readFileSync } from 'node:fs';

export interface ChangeParts {
  readonly store: Store;
  readonly bus: Bus;
  readonly layout: Layout;
}

/** Names a video anew; what is not given stays. Throws STREAM_VIDEO_NOT_FOUND. */
export function changeVideo(
  { store, bus, layout }: ChangeParts,
  id: string,
  change: VideoChange,
): void {
  const changed = store.transaction(() => {
    const video = store.videos.find(id);
    if (video === undefined) throw new KdramaError('STREAM_VIDEO_NOT_FOUND', id);
    const names = namesOf(video, change);
    store.videos.rename(id, names);
    store.afterCommit(() => bus.emit('video', { videoId: id }));
    return { ...video, ...names };
  });
  rewriteMetadata(layout.metadata(id), changed);
}

function namesOf(video: Video, change: VideoChange) {
  const { title, series, season, episode, description } = change;
  return {
    title: title?.normalize('NFC') ?? video.title,
    series: series?.normalize('NFC') ?? video.series,
    season: season === undefined ? video.season : season,
    episode: episode === undefined ? video.episode : episode,
    description: description ?? video.description,
  };
}

/** The library can be rebuilt from these files: they say what the rows say. */
function rewriteMetadata(path: string, video: Video): void {
  if (!existsSync(path)) return;
  const metadata = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileDurably(path, `${JSON.stringify({ ...metadata, video }, null, 2)}\n`);
}
