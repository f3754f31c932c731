import { ticksPerSecond } from '../../../shared/time.js';
import { isInterlaced } from '../source/colors.js';
import type { SourceStream } from '../source/inspect.js';
import { firstAtLeast } from './first-at-least.js';

/**
 * Frames a second. The container's nominal rate when its frames come at about that rate, else the
 * measured mean (variable frame rate). `times` in ticks, ascending; before zero lies what an edit list
 * hides, which has gaps.
 */
export function frameRateOf(stream: SourceStream, times: readonly number[]): number {
  const nominal = parseRatio(stream.r_frame_rate);
  const shown = times.slice(firstAtLeast(times, 0));
  const [first = 0] = shown;
  const last = shown.at(-1) ?? 0;
  const mean = last > first ? ((shown.length - 1) * 90_000) / (last - first) : (nominal ?? 25);
  if (nominal !== undefined && Math.abs(mean / nominal - 1) < 0.01) return nominal;
  return Math.round(mean * 1000) / 1000;
}

/**
 * Frames a second, rather too few: where the rate varies, the nominal one may be that of the clock (600 in films of
 * telephones). 0 where the container does not say.
 */
export function leastRateOf({ r_frame_rate, avg_frame_rate }: SourceStream): number {
  return Math.min(parseRatio(r_frame_rate) ?? 0, parseRatio(avg_frame_rate) ?? 0);
}

/** Frames a second. A mean that is less comes from pauses: it says nothing of fields. */
const slowestInterlaced = 24;

/**
 * The times of frames among those of packets. An interlaced picture may have a packet for each of its fields (H.264
 * as it is broadcast): the second of a frame is not shown by itself. Ascending, in ticks.
 */
export function timesOfFrames(stream: SourceStream, times: readonly number[]): readonly number[] {
  const framesPerSecond = parseRatio(stream.avg_frame_rate);
  if (!isInterlaced(stream) || framesPerSecond === undefined) return times;
  const least = (0.75 * ticksPerSecond) / Math.max(framesPerSecond, slowestInterlaced);
  let shown = -Infinity;
  return times.filter((time) => {
    const isFirst = time - shown >= least;
    if (isFirst) shown = time;
    return isFirst;
  });
}

function parseRatio(text: string | undefined): number | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(text ?? '');
  const ratio = match === null ? Number.NaN : Number(match[1]) / Number(match[2]);
  return Number.isFinite(ratio) && ratio > 0 && ratio <= 1000 ? ratio : undefined;
}
