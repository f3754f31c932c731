import { rm } from 'node:fs/promises';
import { isUniversal } from '../../shared/renditions.js';
import { firstReason } from '../media/encoders/first-reason.js';
import type { Job } from '../store/jobs.js';
import type { Rendition } from '../store/renditions.js';
import type { TaskOutcome, TaskRow } from '../store/tasks.js';
import type { JobContext } from './context.js';

/**
 * What a task was to make beside the ladder cannot be made, inside the open transaction: it is offered no
 * more, and the episode is ready without it. Answers false where it was something else, or where trying
 * later may help (a disk is full).
 */
export function withdrawn(
  { store, layout }: JobContext,
  { videoId, planId }: Job,
  task: TaskRow,
  { error }: TaskOutcome,
): boolean {
  const renditions = task.renditions.flatMap((id) => store.renditions.find(id) ?? []);
  const isVariant = renditions.length > 0 && renditions.every(isBesideLadder);
  if (planId === null || !isVariant || error?.code !== 'TRANSCODE_FAILED') return false;
  for (const { id, name, version } of renditions) {
    store.renditions.remove(id);
    store.renditions.addToReason(planId, `, no ${name}: ${firstReason(error.message)}`);
    const directory = layout.rendition(videoId, planId, name, version);
    store.afterCommit(() => void rm(directory, { recursive: true, force: true }).catch(() => {}));
  }
  // What is left does not hold the picture of the source.
  if (renditions.some(({ method }) => method === 'copied')) store.plans.notWholeCopy(planId);
  return true;
}

function isBesideLadder({ traits }: Rendition): boolean {
  return traits.kind === 'video' && !isUniversal(traits);
}
