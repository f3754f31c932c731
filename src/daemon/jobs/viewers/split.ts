import type { TaskRange } from '../../store/tasks.js';

export interface Carved {
  readonly wanted: TaskRange;
  /** What is left of the range: disjoint from `wanted` and from one another. */
  readonly rest: readonly TaskRange[];
}

/**
 * Cuts `segments` segments from `number` on, in `renditions` only, out of a waiting range: what a
 * viewer waits for, and no more. Together the parts are exactly the range.
 */
export function carve(
  range: TaskRange,
  want: { number: number; segments: number; renditions: readonly string[] },
): Carved {
  const end = range.firstSegment + range.segments;
  const wantedEnd = Math.min(want.number + want.segments, end);
  const others = range.renditions.filter((id) => !want.renditions.includes(id));
  const rest = [
    between(range.firstSegment, want.number, range.renditions),
    between(want.number, wantedEnd, others),
    between(wantedEnd, end, range.renditions),
  ];
  return {
    wanted: between(want.number, wantedEnd, want.renditions),
    rest: rest.filter((part) => part.segments > 0 && part.renditions.length > 0),
  };
}

function between(first: number, end: number, renditions: readonly string[]): TaskRange {
  return { firstSegment: first, segments: end - first, renditions };
}
