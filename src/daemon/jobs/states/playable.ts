import { isUniversal } from '../../../shared/renditions.js';
import type { Rendition } from '../../store/renditions.js';
import type { Store } from '../../store/store.js';

/**
 * Whether playing can begin in every player: init and first segment of any picture in H.264, and of the
 * default sound where there is sound, are published.
 */
export function isPlayable(store: Store, planId: string): boolean {
  const renditions = store.renditions.ofPlan(planId);
  const starts = (rendition: Rendition) =>
    rendition.initBytes !== null && store.segments.find(rendition.id, 0) !== undefined;
  const sound = defaultSound(renditions);
  const picture = renditions.filter(({ traits }) => traits.kind === 'video' && isUniversal(traits));
  return picture.some(starts) && (sound === undefined || starts(sound));
}

/** What plays unless someone chooses, in stereo, of the rows of a plan. */
export function defaultSound(renditions: readonly Rendition[]): Rendition | undefined {
  const sounds = renditions.filter((rendition) => rendition.traits.kind === 'audio');
  const chosen = sounds.find(({ traits }) => traits.kind === 'audio' && traits.isDefault);
  return chosen ?? sounds[0];
}
