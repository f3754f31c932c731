import type { TaskRange } from '../../store/tasks.js';

/** Whether a segment of a rendition has yet to be made. */
export type IsMissing = (renditionId: string, number: number) => boolean;

export function lastSegment(range: TaskRange): number {
  return range.firstSegment + range.segments - 1;
}

export function covers(range: TaskRange, renditionId: string, number: number): boolean {
  return (
    number >= range.firstSegment &&
    number <= lastSegment(range) &&
    range.renditions.includes(renditionId)
  );
}

/**
 * The smallest range that still holds everything missing of `range`, or null when nothing is. Holes
 * may stay inside: the worker is told which segments it need not make. A range without renditions
 * (probe, poster, storyboard, finish) is not made of segments and stays as it is.
 */
export function remaining<Range extends TaskRange>(
  range: Range,
  isMissing: IsMissing,
): Range | null {
  if (range.renditions.length === 0) return range;
  const numbers = Array.from({ length: range.segments }, (_, index) => range.firstSegment + index);
  const renditions = range.renditions.filter((id) => numbers.some((n) => isMissing(id, n)));
  const missing = numbers.filter((n) => renditions.some((id) => isMissing(id, n)));
  const [first] = missing;
  if (first === undefined) return null;
  return {
    ...range,
    renditions,
    firstSegment: first,
    segments: (missing.at(-1) ?? first) - first + 1,
  };
}

/** How many segments, over all renditions of the range, are missing. */
export function countMissing(range: TaskRange, isMissing: IsMissing): number {
  return range.renditions
    .map((id) => {
      let count = 0;
      for (let n = range.firstSegment; n <= lastSegment(range); n++) if (isMissing(id, n)) count++;
      return count;
    })
    .reduce((sum, count) => sum + count, 0);
}
