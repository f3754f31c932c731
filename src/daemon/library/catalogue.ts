import type { Chapter } from '../../shared/chapters.js';
import type { JobView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import type { Storyboard } from '../../shared/storyboard.js';
import type { Jobs } from '../jobs/service.js';
import type { Store } from '../store/store.js';
import type { Video } from '../store/videos.js';
import { searchWords } from './search-words.js';
import type { VideoFacts } from './view.js';

/** A video with what is known of its making. */
export interface CatalogueEntry extends VideoFacts {
  readonly video: Video;
  readonly job: JobView;
}

/** The small pictures of the plan that is played. */
export interface FoundStoryboard {
  readonly storyboard: Storyboard;
  readonly videoId: string;
  readonly planId: string;
  /** The end of the plan, in ticks. */
  readonly endTicks: number;
}

export interface CatalogueQuery {
  readonly query?: string | undefined;
  readonly series?: string | undefined;
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
}

export interface CataloguePage {
  readonly entries: readonly CatalogueEntry[];
  readonly next: string | null;
}

export type Catalogue = ReturnType<typeof createCatalogue>;

/** Looking things up in the library. */
export function createCatalogue(store: Store, jobs: Jobs) {
  const entry = (video: Video): CatalogueEntry[] => {
    const job = jobs.view(video.id);
    if (job === undefined) return [];
    const hasStoryboard = store.storyboards.has(video.planId);
    const ladder = video.planId === null ? [] : store.renditions.ladderOf(video.planId);
    return [{ video, job, ladder, hasStoryboard }];
  };
  return {
    /** By the id of a video or of one of its jobs. Throws STREAM_VIDEO_NOT_FOUND. */
    get(id: string): CatalogueEntry {
      const video = store.videos.find(id) ?? store.videos.find(jobs.view(id)?.videoId ?? '');
      const found = video && entry(video)[0];
      if (found === undefined) throw new KdramaError('STREAM_VIDEO_NOT_FOUND', id);
      return found;
    },
    /** Newest first. A query without a word in it finds nothing. */
    page({ query, series, limit, cursor }: CatalogueQuery): CataloguePage {
      const words = searchWords(query ?? '');
      if (query?.trim() && words.length === 0) return { entries: [], next: null };
      const before = cursor === undefined ? null : Number(cursor);
      const found = store.shelves.page({ words, series: series ?? null, before, limit: limit + 1 });
      const shown = found.slice(0, limit);
      return {
        entries: shown.flatMap(({ id }) => store.videos.find(id) ?? []).flatMap(entry),
        next: found.length > limit ? String(shown.at(-1)?.number) : null,
      };
    },
    storyboardOf({ id, planId }: Video): FoundStoryboard | undefined {
      const plan = planId === null ? undefined : store.plans.find(planId);
      const storyboard = plan && store.storyboards.ofPlan(plan.id);
      if (plan === undefined || storyboard === undefined) return undefined;
      const endTicks = plan.boundaries.at(-1) ?? 0;
      return { storyboard, videoId: id, planId: plan.id, endTicks };
    },
    /** In order; none until it is probed. */
    chaptersOf({ planId }: Video): readonly Chapter[] {
      return planId === null ? [] : (store.plans.find(planId)?.chapters ?? []);
    },
    /** The candidates for a file. */
    withFingerprint: (fingerprint: string): CatalogueEntry[] =>
      store.videos.findByFingerprint(fingerprint).flatMap(entry),
  };
}
