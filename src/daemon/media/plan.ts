/** Where the segments of a video begin and end. Ticks of 90 kHz from time zero, ascending. */

export interface PlanSource {
  /** Times at which a segment may begin: IDR pictures for a copy, any frame otherwise. */
  readonly candidates: readonly number[];
  /** Of the candidates, those that are cheap to begin at: a decoder can start there. */
  readonly preferred: readonly number[];
  readonly endTicks: number;
}

/**
 * The boundaries: 0, then the candidate nearest to the previous boundary + target, …, the end.
 * Nearest to the previous one and not to a fixed grid, which would make needlessly long segments. A
 * preferred candidate within a sixth of the target wins. When no two candidates are more than 2 ×
 * target apart, no segment is longer than that; otherwise one segment spans the gap.
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
  const goal = previous + targetTicks;
  const { endTicks } = source;
  if (endTicks - previous <= targetTicks) return endTicks;
  // A last segment of a few frames costs a request and shows nothing: it joins the one before.
  const shortest = endTicks - previous <= 2 * targetTicks ? targetTicks / 4 : 1;
  const isUsable = (ticks: number) => ticks > previous && endTicks - ticks >= shortest;
  const preferred = nearest(source.preferred, goal, isUsable);
  if (preferred !== undefined && Math.abs(preferred - goal) <= targetTicks / 6) return preferred;
  const candidate = nearest(source.candidates, goal, isUsable) ?? endTicks;
  return Math.abs(endTicks - goal) < Math.abs(candidate - goal) ? endTicks : candidate;
}

/** The usable value of an ascending list that is nearest to the goal; the earlier of two. */
function nearest(
  values: readonly number[],
  goal: number,
  isUsable: (value: number) => boolean,
): number | undefined {
  const after = firstAtLeast(values, goal);
  const next = values[after];
  const previous = values[after - 1];
  const usable = [previous, next].filter((value) => value !== undefined && isUsable(value));
  return usable.reduce<number | undefined>(
    (best, value) =>
      best === undefined || Math.abs((value ?? 0) - goal) < Math.abs(best - goal) ? value : best,
    undefined,
  );
}

/** The index of the first value ≥ goal in an ascending list (its length when there is none). */
export function firstAtLeast(values: readonly number[], goal: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < goal) low = middle + 1;
    else high = middle;
  }
  return low;
}
