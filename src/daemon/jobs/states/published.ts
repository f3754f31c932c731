import type { Rendition } from '../../store/renditions.js';
import type { Store } from '../../store/store.js';
import type { IsMissing } from './remaining.js';

/** The numbers of the segments of a rendition that are published. */
export function publishedNumbers(store: Store, renditionId: string): Set<number> {
  return new Set(store.segments.ofRendition(renditionId).map((segment) => segment.number));
}

/** What is missing of these renditions, as of now. Unknown renditions miss nothing. */
export function missingOf(
  store: Store,
  renditions: readonly Pick<Rendition, 'id' | 'segmentCount'>[],
): IsMissing {
  const known = new Map(
    renditions.map(({ id, segmentCount }) => [
      id,
      { segmentCount, published: publishedNumbers(store, id) },
    ]),
  );
  return (renditionId, number) => {
    const rendition = known.get(renditionId);
    if (rendition === undefined || number >= rendition.segmentCount) return false;
    return !rendition.published.has(number);
  };
}

/** The same for the renditions of one task. */
export function missingOfTask(store: Store, renditionIds: readonly string[]): IsMissing {
  return missingOf(
    store,
    renditionIds.flatMap((id) => store.renditions.find(id) ?? []),
  );
}
