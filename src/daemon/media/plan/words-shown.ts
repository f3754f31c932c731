import { ticksPerSecond, toSeconds, toTicks } from '../../../shared/time.js';
import { askFfprobe } from '../ffmpeg/ask-ffprobe.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

/** Words that stand for longer are cut off where a chunk begins; until then all is decoded for nothing. */
const longestWords = toTicks(30);

/**
 * From which tick on a picture subtitle has to be read, so that what is shown at `tick` is drawn: such a
 * track says only when words appear and go.
 */
export async function startOfWords(
  tools: Tools,
  path: string,
  { stream, tick }: { readonly stream: number; readonly tick: number },
  signal: AbortSignal,
): Promise<number> {
  if (tick <= 0) return tick;
  const earliest = Math.max(0, tick - longestWords);
  const packets = await packetsUntil(tools, path, [earliest, tick], signal);
  const changes = packets
    .filter((packet) => packet.stream === stream)
    .filter(({ ticks }) => ticks >= earliest && ticks < tick);
  return changes.length === 0 ? tick : latest(changes);
}

interface TimedPacket {
  readonly stream: number;
  readonly ticks: number;
}

/**
 * Of all streams: one with few words would be read to its next ones, or to the end of the file. ffprobe
 * starts at the key frame before and counts its length from there.
 */
async function packetsUntil(
  tools: Tools,
  path: string,
  [from, until]: readonly [number, number],
  signal: AbortSignal,
): Promise<TimedPacket[]> {
  const start = from === 0 ? '' : `+${toSeconds(from).toFixed(3)}`;
  const entries = ['-of', 'csv', '-show_entries', 'packet=stream_index,pts_time:format=start_time'];
  for (let seconds = Math.ceil(toSeconds(until - from)) + 15, known = -1; ; seconds *= 4) {
    const interval = ['-read_intervals', `${start}%+${seconds}`];
    const { stdout } = await askFfprobe(tools, path, [...entries, ...interval], { signal });
    const packets = parse(stdout);
    if (packets.length === known || latest(packets) >= until) return packets;
    known = packets.length;
  }
}

function parse(csv: string): TimedPacket[] {
  const start = Number(/^format,(-?[\d.]+)/m.exec(csv)?.[1] ?? 0);
  return [...csv.matchAll(/^packet,(\d+),(-?[\d.]+)/gm)].map(([, stream, seconds]) => ({
    stream: Number(stream),
    ticks: Math.round((Number(seconds) - start) * ticksPerSecond),
  }));
}

function latest(packets: readonly TimedPacket[]): number {
  return packets.reduce((most, { ticks }) => Math.max(most, ticks), -Infinity);
}
