import type { Ladder } from '../../../shared/contract/index.js';
import { isUniversal } from '../../../shared/renditions.js';
import type { Rendition } from '../../store/renditions.js';
import type { TaskRange } from '../../store/tasks.js';

type Row = Pick<Rendition, 'id' | 'method' | 'traits' | 'segmentCount'>;

/**
 * What a job has to make before it is ready, of the renditions of its plan: each with as many segments
 * from its beginning as are promised. On demand these are the copied picture, sound and text; where no
 * picture that every player takes can be copied, also the first segment of the lowest, so that playing can
 * begin at once.
 */
export function promisedOf<Of extends Row>(ladder: Ladder, renditions: readonly Of[]): Of[] {
  if (ladder !== 'on-demand') return [...renditions];
  const first = beginningOf(renditions);
  return renditions.flatMap((row) => {
    if (!isOnDemand(ladder, row)) return [row];
    return row === first ? [{ ...row, segmentCount: 1 }] : [];
  });
}

/** Whether a rendition is made where someone asks for it. */
export function isOnDemand(
  ladder: Ladder,
  { method, traits }: Pick<Row, 'method' | 'traits'>,
): boolean {
  return ladder === 'on-demand' && method === 'encoded' && traits.kind === 'video';
}

/** Whether any of a range is promised; what is made of no rendition (probe, finish) always is. */
export function isPromised(range: TaskRange, promised: readonly Row[]): boolean {
  if (range.renditions.length === 0) return true;
  return promised.some(
    ({ id, segmentCount }) => range.renditions.includes(id) && range.firstSegment < segmentCount,
  );
}

function beginningOf<Of extends Row>(renditions: readonly Of[]): Of | undefined {
  const pictures = renditions.filter(
    ({ traits }) => traits.kind === 'video' && isUniversal(traits),
  );
  if (pictures.some(({ method }) => method === 'copied')) return undefined;
  return pictures.toSorted((a, b) => pixels(a) - pixels(b))[0];
}

function pixels({ traits }: Row): number {
  return traits.kind === 'video' ? traits.width * traits.height : 0;
}
