import type { VideoTraits } from '../../../shared/renditions.js';
import type { RenditionProgress } from '../../store/rendition-progress.js';
import type { Store } from '../../store/store.js';
import type { TaskRow } from '../../store/tasks.js';
import { isTried } from './task-states.js';

type WholePicture = RenditionProgress & { readonly traits: VideoTraits };

/** What a storyboard is made of: the smallest picture of the plan that is whole; undefined: none is. */
export function storyboardPicture(
  renditions: readonly RenditionProgress[],
): WholePicture | undefined {
  return renditions
    .filter(isWholePicture)
    .toSorted((a, b) => a.traits.width * a.traits.height - b.traits.width * b.traits.height)[0];
}

function isWholePicture(rendition: RenditionProgress): rendition is WholePicture {
  const { traits, initBytes, segmentsDone, segmentCount } = rendition;
  return traits.kind === 'video' && initBytes !== null && segmentsDone >= segmentCount;
}

/** Whether one can be made that is not there and that was not tried by these tasks. */
export function needsStoryboard(
  store: Store,
  planId: string | null,
  tasks: readonly Pick<TaskRow, 'kind' | 'state'>[],
): boolean {
  if (planId === null || store.storyboards.has(planId) || isTried('storyboard', tasks))
    return false;
  return storyboardPicture(store.renditionProgress.ofPlan(planId)) !== undefined;
}
