/** Pure: the frames of a picture of which an index names some, where all come at one rate. Ticks, ascending. */
import { ticksPerSecond } from '../../../shared/time.js';
import { firstAtLeast } from './first-at-least.js';
import { toleranceTicks } from './tolerance.js';

/** From one known frame to the next. */
export type Gap = readonly [fromTicks: number, toTicks: number];

/** Further apart than encoders put key frames: a pause, or nothing to count on. */
const widestTicks = 20 * ticksPerSecond;
/** Of a day at 24 frames a second, as of an MP4's table. */
const mostFrames = 2_500_000;
/** So many stretches that are whole frames long are read to see that reckoning is right there. */
const triedGaps = 4;
/** As many intervals as ffprobe is given at once; so much of the whole, for reading that is worth it. */
const mostUneven = { gaps: 2000, share: 1 / 3 };

/**
 * The stretches whose frames have to be read before those of all others can be reckoned: where parts were joined
 * between two known frames, and the widest of the others, in which frames would be missing soonest. undefined where
 * so much is uneven that nothing can be reckoned, or there would be more frames than anybody has.
 */
export function gapsToRead(known: readonly number[], frameRate: number): Gap[] | undefined {
  const gaps = gapsOf(known);
  if ((lengthOf(gaps) * frameRate) / ticksPerSecond > mostFrames) return undefined;
  const isSteady = gaps.map((gap) => reckon(gap, frameRate) !== undefined);
  const steady = gaps.filter((_, n) => isSteady[n]);
  const uneven = gaps.filter((_, n) => !isSteady[n]);
  const share = lengthOf(uneven) / lengthOf(gaps);
  if (uneven.length > mostUneven.gaps || share > mostUneven.share) return undefined;
  const widest = steady.toSorted((a, b) => b[1] - b[0] - (a[1] - a[0])).slice(0, triedGaps);
  return [...uneven, ...widest].toSorted(([a], [b]) => a - b);
}

/**
 * All frames: in these stretches as listed, elsewhere as reckoned. undefined where what is listed is not what was
 * reckoned, or has more than one join between two known frames: then frames do not come at one rate.
 */
export function steadyTimes(
  known: readonly number[],
  frameRate: number,
  { read, listed }: { readonly read: readonly Gap[]; readonly listed: readonly number[] },
): number[] | undefined {
  const starts = new Set(read.map(([from]) => from));
  const times: number[] = [];
  for (const gap of gapsOf(known)) {
    const reckoned = reckon(gap, frameRate);
    const found = starts.has(gap[0]) ? within(listed, gap) : undefined;
    const isRight =
      found === undefined ||
      (reckoned === undefined ? isJoined(found, gap, frameRate) : areSame(found, reckoned));
    const shown = reckoned ?? found;
    if (!isRight || shown === undefined) return undefined;
    for (const time of shown) times.push(time);
  }
  return [...times, ...known.slice(-1)];
}

function gapsOf(known: readonly number[]): Gap[] {
  return known.slice(1).map((to, index) => [known[index] ?? to, to]);
}

function lengthOf(gaps: readonly Gap[]): number {
  return gaps.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** The first frame and those up to the next known one; undefined where that is not whole frames away. */
function reckon([from, to]: Gap, frameRate: number): number[] | undefined {
  const frames = Math.round(((to - from) * frameRate) / ticksPerSecond);
  const isOff = Math.abs((frames * ticksPerSecond) / frameRate - (to - from)) > toleranceTicks;
  if (isOff || frames < 1 || to - from > widestTicks) return undefined;
  return Array.from({ length: frames }, (_, n) => Math.round(from + (n * (to - from)) / frames));
}

/** The last frame of one part and the first of the next are not a frame apart; all others are. */
function isJoined(found: readonly number[], [from, to]: Gap, frameRate: number): boolean {
  const steps = [...found, to].map((time, n) => time - (found[n - 1] ?? time));
  const odd = steps.filter(
    (step, n) => n > 0 && Math.abs(step - ticksPerSecond / frameRate) > toleranceTicks,
  );
  return found[0] !== undefined && areSame([found[0]], [from]) && odd.length <= 1;
}

function areSame(found: readonly number[], expected: readonly number[]): boolean {
  const isAt = (time: number, n: number) =>
    Math.abs(time - (expected[n] ?? Infinity)) <= toleranceTicks;
  return found.length === expected.length && found.every(isAt);
}

function within(times: readonly number[], [from, to]: Gap): readonly number[] {
  const [first, end] = [from - toleranceTicks, to - toleranceTicks];
  return times.slice(firstAtLeast(times, first), firstAtLeast(times, end));
}
