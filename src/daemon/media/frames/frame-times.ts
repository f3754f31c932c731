import { toSeconds, toTicks } from '../../../shared/time.js';
import { inputArguments } from '../ffmpeg/input.js';
import { listPacketsBetween } from './packets.js';
import type { Packet } from '../ffmpeg/raw-packets.js';
import { firstAtLeast } from './first-at-least.js';
import { runText } from '../ffmpeg/run.js';
import { toleranceTicks } from './tolerance.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

export interface FrameSource {
  readonly tools: Tools;
  readonly path: string;
  readonly stream: number;
  readonly signal: AbortSignal;
}

/** Distinct times of shown frames in [from, to), ascending; undefined when a packet has no time stamp. */
export function frameTicks(
  packets: readonly Packet[],
  [from, to]: readonly [number, number],
): number[] | undefined {
  const times: number[] = [];
  for (const { ticks, isHidden } of packets) {
    if (isHidden === true) continue;
    if (ticks === undefined) return undefined;
    if (ticks >= from && ticks < to) times.push(ticks);
  }
  const sorted = Float64Array.from(times).toSorted();
  return [...sorted].filter((time, index) => time !== sorted[index - 1]);
}

/**
 * The times of the frames in a part of the source by demuxing just that part: what a check of the
 * encoder's output is held against, independent of the encoder. Where the container has no time
 * stamps, by decoding.
 */
export async function listFrameTicks(
  source: FrameSource,
  range: readonly [number, number],
): Promise<number[]> {
  const { tools, path, stream, signal } = source;
  const packets = await listPacketsBetween(tools, path, stream, range, signal);
  return frameTicks(packets, range) ?? listShownTicks(source, range);
}

/**
 * The times of the frames that a decoder shows: fewer than packets where some are broken, only
 * referenced, or dropped. Slower than demuxing by the cost of the decode.
 */
export async function listShownTicks(
  { tools, path, stream, signal }: FrameSource,
  [from, to]: readonly [number, number],
): Promise<number[]> {
  const seekSeconds = Math.max(0, toSeconds(from) - 0.005);
  const { stdout } = await runText(
    tools.ffmpeg,
    [
      ...['-v', 'error', '-nostdin', ...inputArguments(path, { seekSeconds })],
      ...['-map', `0:${stream}`],
      ...(Number.isFinite(to) ? ['-t', (toSeconds(to) - seekSeconds).toFixed(6)] : []),
      ...['-fps_mode', 'vfr', '-enc_time_base', '1:90000', '-c:v', 'wrapped_avframe'],
      ...['-f', 'framecrc', '-'],
    ],
    { signal, timeoutMs: 3_600_000 },
  );
  const base = /^#tb 0: (\d+)\/(\d+)/m.exec(stdout);
  const secondsPerUnit = Number(base?.[1] ?? 0) / Number(base?.[2] ?? 1);
  const times = [...stdout.matchAll(/^0, *-?\d+, *(-?\d+),/gm)].map((line) =>
    toTicks(Number(line[1]) * secondsPerUnit + seekSeconds),
  );
  return times.filter((time) => time >= from && time < to).toSorted((a, b) => a - b);
}

/** Segments demuxed ahead at once: few first, so that the beginning of a long file waits briefly. */
const firstWindow = 4;
const laterWindow = 64;

/** Looks up the frame times of a segment of a plan; demuxes in windows, each once. */
export function frameTimesBySegment(
  boundaries: readonly number[],
  [first, end]: readonly [number, number],
  list: (range: readonly [number, number]) => Promise<number[]>,
) {
  const windows = new Map<number, Promise<number[]>>();
  const listWindow = (number: number): Promise<number[]> => {
    const beyond = number - first - firstWindow;
    const start = beyond < 0 ? first : number - (beyond % laterWindow);
    const stop = Math.min(end, start + (beyond < 0 ? firstWindow : laterWindow));
    const known = windows.get(start) ?? list(rangeOf(boundaries, start, stop));
    windows.set(start, known);
    return known;
  };
  return async function framesOf(number: number): Promise<number[]> {
    const [from, to] = rangeOf(boundaries, number, number + 1);
    const times = await listWindow(number);
    return times.slice(firstAtLeast(times, from), firstAtLeast(times, to));
  };
}

/** Frames of segments [start, stop): time stamps of one frame may differ by the tolerance. */
function rangeOf(boundaries: readonly number[], start: number, stop: number): [number, number] {
  const from = (boundaries[start] ?? 0) - toleranceTicks;
  const isLast = stop >= boundaries.length - 1;
  return [from, isLast ? Infinity : (boundaries[stop] ?? 0) - toleranceTicks];
}
