import { join } from 'node:path';
import type { KeepSource } from '../../shared/contract/index.js';
import { displayTitle } from '../../shared/episode-name/display-title.js';
import { parseEpisodeName } from '../../shared/episode-name/parse-episode-name.js';
import { localOwner, settingsIn } from '../../shared/job-wish.js';
import type { Bus } from '../bus.js';
import type { Clock } from '../clock.js';
import type { Jobs } from '../jobs/service.js';
import type { Store } from '../store/store.js';
import type { Video } from '../store/videos.js';
import type { Library, NewVideo } from './service.js';

export interface LibraryParts {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly bus: Bus;
  readonly clock: Pick<Clock, 'now'>;
  /** Where an upload does not say. */
  readonly keepSource?: KeepSource;
}

/** The library over the database. */
export function createLibrary({
  store,
  jobs,
  bus,
  clock,
  keepSource = 'always',
}: LibraryParts): Library {
  const make = (video: NewVideo) => {
    store.videos.insert({
      ...video,
      ...namesOf(video),
      keepSource: video.metadata.keepSource ?? keepSource,
      createdAt: clock.now(),
    });
    const { jobId } = jobs.submit({
      videoId: video.id,
      ...(video.owner && { owner: video.owner }),
      ...(video.metadata.notifyUrl && { notifyUrl: video.metadata.notifyUrl }),
      ...video.job,
      settings: { ...settingsIn(video.metadata), ...video.job?.settings },
    });
    store.afterCommit(() => bus.emit('video', { videoId: video.id }));
    return { videoId: video.id, jobId, created: true };
  };
  const existing = (
    { id, owner }: Video,
    { metadata, job, owner: asker = localOwner }: NewVideo,
  ) => {
    if (job?.jobId !== undefined) {
      // It was promised: it is made, or what is there already is found under its id.
      const { jobId } = jobs.submit({ owner, ...job, videoId: id });
      jobs.letRead(jobId, asker);
      return { videoId: id, jobId, created: false };
    }
    const settings = settingsIn(metadata);
    const jobId =
      owner === asker && Object.keys(settings).length > 0
        ? jobs.submit({ videoId: id, owner, settings }).jobId
        : (jobs.view(id)?.jobId ?? jobs.submit({ videoId: id, owner }).jobId);
    jobs.letRead(jobId, asker);
    jobs.takeUpAgain(jobId);
    const notifyUrl = job?.notifyUrl ?? metadata.notifyUrl;
    if (notifyUrl !== undefined) jobs.notify(jobId, notifyUrl, asker);
    return { videoId: id, jobId, created: false };
  };
  return {
    add: (video, also) =>
      store.transaction(() => {
        const known = store.videos.findBySha256(video.sha256);
        const added = known === undefined ? make(video) : existing(known, video);
        also?.(added);
        return added;
      }),
  };
}

/** What the client said, and where it said nothing, what the file's name and folders say. */
function namesOf({
  filename,
  folder,
  metadata,
}: Pick<NewVideo, 'filename' | 'folder' | 'metadata'>) {
  const parsed = parseEpisodeName(folder === undefined ? filename : join(folder, filename));
  const said = {
    series: metadata.series?.normalize('NFC') ?? parsed.series,
    season: metadata.season ?? parsed.season,
    episode: metadata.episode ?? parsed.episode,
  };
  const lastEpisode = said.episode === parsed.episode ? parsed.lastEpisode : null;
  const title = displayTitle({ ...parsed, ...said, lastEpisode }, filename);
  return {
    ...said,
    title: metadata.title?.normalize('NFC') ?? title,
    description: metadata.description ?? '',
  };
}
