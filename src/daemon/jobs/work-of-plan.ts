import type { Job } from '../store/jobs.js';
import type { Store } from '../store/store.js';
import { workOf, type Work } from './progress.js';

/** The work of a planned job as of now. `inFlight`: see WorkFacts. */
export function workOfPlan(
  store: Store,
  { planId, videoId }: Pick<Job, 'planId' | 'videoId'>,
  inFlight: number,
): { work: Work; durationTicks: number } {
  const video = store.videos.find(videoId);
  const durationTicks = video?.durationTicks ?? 0;
  const renditions = planId === null ? [] : store.renditionProgress.ofPlan(planId);
  const hasPoster = video !== undefined && video.posterBytes !== null;
  return { work: workOf({ renditions, durationTicks, hasPoster, inFlight }), durationTicks };
}
