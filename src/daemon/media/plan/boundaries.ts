import { firstAtLeast } from '../frames/first-at-least.js';

/** Where the segments of a video begin and end. Ticks of 90 kHz from time zero, ascending. */

export interface PlanSource {
  /**
   * Times at which a segment may begin: IDR pictures for a copy, any frame otherwise. The first is where the
   * picture begins, which may be after the sound: the first segment holds it, for one without a frame is none.
   */
  readonly candidates: readonly number[];
  /** Of the candidates, those that are cheap to begin at: a decoder can start there. */
  readonly preferred: readonly number[];
  readonly endTicks: number;
}

/**
 * The boundaries: 0, then the candidate nearest to the previous boundary + target, …, the end.
 * Nearest to the previous one and not to a fixed grid, which would make needlessly long segments.
 * Within a sixth of the target a preferred candidate wins; one that is later than that gives way to
 * an earlier one that leaves no crumb (docs/decisions/0003-boundaries.md). When no two candidates
 * are more than 2 × target apart, no segment is longer than that; else one segment spans the gap.
 */
export function planSegments(source: PlanSource, targetTicks: number): number[] {
  const boundaries = [0];
  for (let previous = 0; ;) {
    const next = nextBoundary(source, previous, targetTicks);
    boundaries.push(next);
    if (next === source.endTicks) return boundaries;
    previous = next;
  }
}

function nextBoundary(source: PlanSource, previous: number, targetTicks: number): number {
  const { candidates, preferred, endTicks } = source;
  const goal = previous + targetTicks;
  const slack = targetTicks / 6;
  if (endTicks <= goal + slack) return endTicks;
  // The last segment joins the one before when it would be shorter than the slack.
  const earliest = Math.max(previous, candidates[0] ?? 0);
  const isUsable = (ticks: number | undefined): ticks is number =>
    ticks !== undefined && ticks > earliest && ticks <= endTicks - slack;
  const cheap = around(preferred, goal).filter(isUsable);
  const nearestCheap = nearest(cheap, goal);
  if (nearestCheap !== undefined && Math.abs(nearestCheap - goal) <= slack) return nearestCheap;
  const [before, after = endTicks] = around(candidates, goal);
  const options = [before, after].filter(isUsable);
  const chosen = nearest(options, goal) ?? endTicks;
  const isCrumb = !isUsable(before) || before - previous < targetTicks / 3;
  return chosen > goal + slack && !isCrumb ? before : chosen;
}

/** The last value before the goal and the first at or after it, in an ascending list. */
function around(values: readonly number[], goal: number): [number | undefined, number | undefined] {
  const after = firstAtLeast(values, goal);
  return [values[after - 1], values[after]];
}

function nearest(values: readonly number[], goal: number): number | undefined {
  return values.toSorted((a, b) => Math.abs(a - goal) - Math.abs(b - goal))[0];
}
