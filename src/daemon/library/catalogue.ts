import type { JobView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import type { VideoTraits } from '../../shared/renditions.js';
import type { Jobs } from '../jobs/service.js';
import type { Rendition } from '../store/renditions.js';
import type { Store } from '../store/store.js';
import type { Video } from '../store/videos.js';

/** A video with what is known of its making. */
export interface CatalogueEntry {
  readonly video: Video;
  readonly job: JobView;
  /** Names of its picture renditions, the best first; none until it is probed. */
  readonly ladder: readonly string[];
}

export type Catalogue = ReturnType<typeof createCatalogue>;

/** Looking things up in the library. */
export function createCatalogue(store: Store, jobs: Jobs) {
  const entry = (video: Video, job = jobs.view(video.id)): CatalogueEntry[] =>
    job === undefined ? [] : [{ video, job, ladder: ladderOf(store, video) }];
  return {
    /** By the id of a video or of one of its jobs. Throws STREAM_VIDEO_NOT_FOUND. */
    get(id: string): CatalogueEntry {
      const video = store.videos.find(id) ?? store.videos.find(jobs.view(id)?.videoId ?? '');
      const found = video && entry(video)[0];
      if (found === undefined) throw new KdramaError('STREAM_VIDEO_NOT_FOUND', id);
      return found;
    },
    /** Newest first; with a fingerprint only the candidates for that file. */
    list(filter: { fingerprint?: string | undefined }): CatalogueEntry[] {
      if (filter.fingerprint !== undefined) {
        return store.videos.findByFingerprint(filter.fingerprint).flatMap((video) => entry(video));
      }
      const newest = new Map(
        jobs
          .list()
          .toReversed()
          .map((job) => [job.videoId, job]),
      );
      return store.videos.all().flatMap((video) => entry(video, newest.get(video.id)));
    },
  };
}

function ladderOf(store: Store, video: Video): string[] {
  if (video.planId === null) return [];
  const pictures = store.renditions.ofPlan(video.planId).filter(isPicture);
  const byHeight = pictures.toSorted((a, b) => b.traits.height - a.traits.height);
  return [...new Set(byHeight.map(({ name }) => name))];
}

function isPicture(rendition: Rendition): rendition is Rendition<VideoTraits> {
  return rendition.traits.kind === 'video';
}
