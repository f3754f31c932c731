/** Pure: the frames of a picture of which an index names some, where all come at one rate. Ticks, ascending. */
import { ticksPerSecond } from '../../shared/time.js';
import { firstAtLeast } from './plan.js';
import { toleranceTicks } from './segmenter.js';

/** From one known frame to the next. */
export type Gap = readonly [fromTicks: number, toTicks: number];

/** Further apart than encoders put key frames: a pause, or nothing to count on. */
const widestTicks = 20 * ticksPerSecond;

/** Of a day at 24 frames a second, as of an MP4's table. */
const mostFrames = 2_500_000;

/**
 * The known times and those between; undefined where some known ones are not whole frames apart, or there would be
 * more than anybody has.
 */
export function steadyTimes(known: readonly number[], frameRate: number): number[] | undefined {
  const times = known.slice(0, 1);
  for (const [from, to] of gapsOf(known)) {
    const frames = Math.round(((to - from) * frameRate) / ticksPerSecond);
    const isOff = Math.abs((frames * ticksPerSecond) / frameRate - (to - from)) > toleranceTicks;
    if (isOff || frames < 1 || to - from > widestTicks) return undefined;
    if (times.length + frames > mostFrames) return undefined;
    for (let n = 1; n <= frames; n++) times.push(Math.round(from + (n * (to - from)) / frames));
  }
  return times;
}

/** Where frames would be missing soonest. */
export function widestGaps(known: readonly number[], count: number): Gap[] {
  const widestFirst = gapsOf(known).toSorted((a, b) => b[1] - b[0] - (a[1] - a[0]));
  return widestFirst.slice(0, count).toSorted(([a], [b]) => a - b);
}

/** Whether what is listed has in these gaps just what was reckoned. */
export function areSteady(
  reckoned: readonly number[],
  listed: readonly number[],
  gaps: readonly Gap[],
): boolean {
  return gaps.every((gap) => {
    const [expected, found] = [within(reckoned, gap), within(listed, gap)];
    const isAt = (time: number, n: number) =>
      Math.abs(time - (expected[n] ?? Infinity)) <= toleranceTicks;
    return found.length === expected.length && found.every(isAt);
  });
}

function gapsOf(known: readonly number[]): Gap[] {
  return known.slice(1).map((to, index) => [known[index] ?? to, to]);
}

function within(times: readonly number[], [from, to]: Gap): readonly number[] {
  const [first, end] = [from - toleranceTicks, to - toleranceTicks];
  return times.slice(firstAtLeast(times, first), firstAtLeast(times, end));
}
