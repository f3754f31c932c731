import type { Job } from '../../store/jobs.js';
import type { Store } from '../../store/store.js';
import { isOnDemand } from '../states/ladder-policy.js';
import { workOf, type Work } from './progress.js';

/** The work of a planned job as of now, without what is made on demand. `inFlight`: see WorkFacts. */
export function workOfPlan(
  store: Store,
  { planId, videoId, settings }: Pick<Job, 'planId' | 'videoId' | 'settings'>,
  inFlight: number,
): { work: Work; durationTicks: number } {
  const video = store.videos.find(videoId);
  const durationTicks = video?.durationTicks ?? 0;
  const planned = planId === null ? [] : store.renditionProgress.ofPlan(planId);
  const renditions = planned.filter((row) => !isOnDemand(settings.ladder, row));
  const hasPoster = video !== undefined && video.posterBytes !== null;
  return { work: workOf({ renditions, durationTicks, hasPoster, inFlight }), durationTicks };
}
