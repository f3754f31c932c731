import { isUniversal } from '../../../shared/renditions.js';
import { firstReason } from '../../media/encoders/first-reason.js';
import type { Job } from '../../store/jobs.js';
import type { Rendition } from '../../store/renditions.js';
import type { TaskOutcome, TaskRow } from '../../store/tasks.js';
import type { JobContext } from '../context/context.js';
import { dropRendition } from './drop-rendition.js';

/**
 * What a task was to make beside the ladder cannot be made, inside the open transaction: it is offered no
 * more, and the episode is ready without it. Answers false where it was something else, or where trying
 * later may help (a disk is full).
 */
export function withdrawn(
  context: JobContext,
  job: Job,
  task: TaskRow,
  { error }: TaskOutcome,
): boolean {
  const { store } = context;
  const { planId } = job;
  const renditions = task.renditions.flatMap((id) => store.renditions.find(id) ?? []);
  const isVariant = renditions.length > 0 && renditions.every(isBesideLadder);
  if (planId === null || !isVariant || error?.code !== 'TRANSCODE_FAILED') return false;
  for (const rendition of renditions) {
    dropRendition(context, job, rendition);
    const words = `, no ${rendition.name}: ${firstReason(error.message)}`;
    store.renditions.addToReason(planId, words);
  }
  // What is left does not hold the picture of the source.
  if (renditions.some(({ method }) => method === 'copied')) store.plans.notWholeCopy(planId);
  return true;
}

function isBesideLadder({ traits }: Rendition): boolean {
  return traits.kind === 'video' && !isUniversal(traits);
}
