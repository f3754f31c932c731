import { rm } from 'node:fs/promises';
import type { KeepSource } from '../../../shared/contract/index.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Job } from '../../store/jobs.js';
import type { Video } from '../../store/videos.js';
import type { JobContext } from '../context/context.js';
import { isLive } from '../states/job-states.js';

/** Whether the files of a plan, all verified, may stand for the source. */
export function mayStandForSource(
  keep: KeepSource,
  plan: { readonly isWholeCopy: boolean; readonly isComplete: boolean },
): boolean {
  if (keep === 'always' || !plan.isComplete) return false;
  return keep === 'never' || plan.isWholeCopy;
}

/**
 * A job is ready, inside the open transaction: its video's source goes where nothing will need it any
 * more. Row first, file afterwards: one that is named as kept is there.
 */
export function giveUpSource(context: JobContext, { videoId, planId }: Job): void {
  const { store } = context;
  const video = store.videos.find(videoId);
  const plan = planId === null ? undefined : store.plans.find(planId);
  if (video?.sourceState !== 'kept' || plan === undefined) return;
  const isComplete = store.renditionProgress
    .ofPlan(plan.id)
    .every(({ segmentsDone, segmentCount }) => segmentsDone >= segmentCount);
  const isNeeded = store.jobs.ofVideo(videoId).some(isLive);
  const { isWholeCopy } = plan;
  if (isNeeded || !mayStandForSource(video.keepSource, { isWholeCopy, isComplete })) return;
  store.videos.setSource(videoId, 'removing');
  // What cannot be removed now is removed by the next start.
  store.afterCommit(() => void removeSource(context, videoId).catch(() => undefined));
}

/** Those that were given up when the daemon died. */
export async function removeGivenUpSources(context: JobContext): Promise<void> {
  for (const videoId of context.store.videos.removingSource()) {
    await removeSource(context, videoId);
  }
}

async function removeSource({ store, layout }: JobContext, videoId: string): Promise<void> {
  await rm(layout.source(videoId), { force: true });
  await rm(layout.seekableSource(videoId), { force: true });
  store.videos.setSource(videoId, 'removed');
}

/** Throws SOURCE_NOT_KEPT. */
export function demandSource(video: Pick<Video, 'id' | 'sourceState'> | undefined): void {
  if (video === undefined || video.sourceState === 'kept') return;
  throw new KdramaError('SOURCE_NOT_KEPT', video.id);
}
