import { newId } from '../../../shared/ids.js';
import { toTicks } from '../../../shared/time.js';
import type { Job } from '../../store/jobs.js';
import type { ProbeResult } from '../../worker/task.js';
import { announce } from '../views/announce.js';
import type { JobContext } from '../context/context.js';

/**
 * Stores the plan and its renditions, inside the open transaction: from here on complete playlists
 * can be served. A video that is played by an older plan keeps it until this one is ready.
 */
export function recordProbe(context: JobContext, job: Job, result: ProbeResult): void {
  const { store, bus, clock } = context;
  const {
    boundaries,
    durationTicks,
    isWholeCopy = false,
    unshownSubtitles = [],
    chapters = [],
  } = result;
  const plan = {
    id: newId(),
    videoId: job.videoId,
    targetTicks: toTicks(job.settings.segmentDurationSeconds),
    boundaries,
    isWholeCopy,
    unshownSubtitles,
    chapters,
    createdAt: clock.now(),
  };
  store.plans.insert(plan);
  insertRenditions(context, plan.id, result);
  store.jobs.setPlan(job.id, plan.id);
  if (store.videos.find(job.videoId)?.planId === null) {
    store.videos.setPlan(job.videoId, plan.id, durationTicks);
  }
  announce(context, job, 'job.planned');
  store.afterCommit(() => bus.emit('video', { videoId: job.videoId }));
}

function insertRenditions(
  { store }: JobContext,
  planId: string,
  { renditions }: ProbeResult,
): void {
  renditions.forEach((planned, position) => {
    store.renditions.insert({
      ...planned,
      id: newId(),
      planId,
      version: 1,
      position,
      initBytes: null,
    });
  });
}
