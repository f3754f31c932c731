import { KdramaError } from '../../shared/errors.js';
import { idPattern } from '../../shared/ids.js';
import type { Plan } from '../store/plans.js';
import type { Rendition } from '../store/renditions.js';
import type { Store } from '../store/store.js';
import type { Jobs } from '../jobs/service.js';
import { attachedRenditions } from '../subtitles/renditions.js';
import { notReady } from './outlook.js';
import type { Measured } from './bit-rates.js';
import { presentationOf, type Presentation } from './presentation.js';

export type StreamStore = Pick<Store, 'videos' | 'plans' | 'renditions' | 'segments' | 'subtitles'>;

/** One rendition as a URL names it, with the plan that cuts it. */
export interface PlannedStream {
  readonly videoId: string;
  readonly plan: Plan;
  readonly rendition: Rendition;
}

const namePattern = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** From what URLs say to rows. Nothing that does not match a strict pattern goes further. */
export function streamLookup(store: StreamStore, jobs: Pick<Jobs, 'ofVideo'>) {
  /** Of the plan, and what came beside the video. */
  const renditionsOf = ({ id, videoId }: Plan): Rendition[] => [
    ...store.renditions.ofPlan(id),
    ...attachedRenditions(id, store.subtitles.ofVideo(videoId)),
  ];
  return {
    /**
     * What is offered of a video now. Throws STREAM_VIDEO_NOT_FOUND; STREAM_NOT_READY before it is
     * planned; JOB_CANCELLED when it will not be.
     */
    presentation(videoId: string): Presentation {
      const video = idPattern.test(videoId) ? store.videos.find(videoId) : undefined;
      if (video === undefined) throw new KdramaError('STREAM_VIDEO_NOT_FOUND');
      const plan = video.planId === null ? undefined : store.plans.find(video.planId);
      if (plan !== undefined) return presentationOf(plan, renditionsOf(plan));
      throw notReady(jobs.ofVideo(videoId), 'the video is still being looked at', 1);
    },

    /** A rendition of any plan and version that the video has or had. Throws NOT_FOUND. */
    stream(videoId: string, planId: string, name: string, version: string): PlannedStream {
      const isSafe = idPattern.test(videoId) && idPattern.test(planId) && namePattern.test(name);
      const number = /^v(\d{1,6})$/.exec(version)?.[1];
      const plan = isSafe && number !== undefined ? store.plans.find(planId) : undefined;
      if (plan?.videoId !== videoId) throw new KdramaError('NOT_FOUND');
      const rendition = renditionsOf(plan).find(
        (row) => row.name === name && row.version === Number(number),
      );
      if (rendition === undefined) throw new KdramaError('NOT_FOUND');
      return { videoId, plan, rendition };
    },

    /** The error for a video whose bytes are not all there: STREAM_NOT_READY or JOB_CANCELLED. */
    notReady: (videoId: string, detail: string, retryAfterSeconds?: number): KdramaError =>
      notReady(jobs.ofVideo(videoId), detail, retryAfterSeconds),

    /** The bytes of each segment, when every one of them and the init segment is there. */
    completeSizes: (rendition: Rendition): readonly number[] | undefined =>
      measured(rendition)?.sizes,

    /** What is known of a rendition of which every segment and the init segment is there. */
    measured,
  };

  function measured(rendition: Rendition): Measured | undefined {
    if (rendition.initBytes === null) return undefined;
    if (store.segments.summary(rendition.id).count < rendition.segmentCount) return undefined;
    const segments = store.segments.ofRendition(rendition.id);
    const iFrames = segments.flatMap(({ iFrameBytes }) => iFrameBytes ?? []);
    return {
      sizes: segments.map(({ sizeBytes }) => sizeBytes),
      iFrames: iFrames.length === segments.length ? iFrames : undefined,
    };
  }
}
export type StreamLookup = ReturnType<typeof streamLookup>;
