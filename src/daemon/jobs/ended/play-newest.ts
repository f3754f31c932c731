import type { JobContext } from '../context/context.js';

/** A video is played as it was last asked for, of all that is ready. Inside the open transaction. */
export function playNewest(
  { store, bus }: Pick<JobContext, 'store' | 'bus'>,
  videoId: string,
): void {
  const planId = store.jobs.newestReady(videoId)?.planId;
  const plan = typeof planId === 'string' ? store.plans.find(planId) : undefined;
  if (plan !== undefined) store.videos.setPlan(videoId, plan.id, plan.boundaries.at(-1) ?? 0);
  store.afterCommit(() => bus.emit('video', { videoId }));
}
