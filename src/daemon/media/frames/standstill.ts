import { KdramaError } from '../../../shared/errors.js';
import { toTicks } from '../../../shared/time.js';

/** A picture that stands longer than this ends a run of ffmpeg: its MP4 has 31 bits for a frame's duration. */
const longestInRun = toTicks(3600);
/** A frame's duration has 32 bits in a segment: 13 hours. */
const longest = toTicks(12 * 3600);

/** Segments [first, first + count) as such ranges of which only the last segment may stand still. */
export function splitAtStandstills(
  boundaries: readonly number[],
  first: number,
  count: number,
): { readonly firstSegment: number; readonly segments: number }[] {
  const end = first + count;
  const numbers = Array.from({ length: count }, (_, n) => first + n);
  const stops = numbers.filter((n) => lengthOf(boundaries, n) > longestInRun).map((n) => n + 1);
  const edges = [...new Set([first, ...stops, end])];
  return edges.slice(1).map((edge, index) => {
    const firstSegment = edges[index] ?? first;
    return { firstSegment, segments: edge - firstSegment };
  });
}

/** Throws UPLOAD_INVALID_FORMAT: no real picture stands still for so long, but a broken clock can. */
export function refuseStandstill(boundaries: readonly number[]): void {
  const at = boundaries.findIndex((_, n) => lengthOf(boundaries, n) > longest);
  if (at < 0) return;
  const hours = Math.round(lengthOf(boundaries, at) / toTicks(3600));
  throw new KdramaError(
    'UPLOAD_INVALID_FORMAT',
    `its picture stands still for ${hours} hours; the time stamps of the file are broken`,
  );
}

function lengthOf(boundaries: readonly number[], segment: number): number {
  return (boundaries[segment + 1] ?? 0) - (boundaries[segment] ?? 0);
}
