import { toTicks } from '../../shared/time.js';
import { soundSeconds } from './copyable.js';
import type { Source, SourceStream } from './inspect.js';
import { listPacketsBetween, type Packet } from './packets.js';
import type { Tools } from './tool-pair.js';

/**
 * Where the sound of a file ends, in ticks from time zero; 0 without sound. Headers lie (one says 143,165 s
 * and has one), so what they claim beyond the end of the picture is looked up.
 */
export async function soundEnd(
  tools: Tools,
  { path, source }: { readonly path: string; readonly source: Source },
  pictureEndTicks: number,
  signal: AbortSignal,
): Promise<number> {
  const ends = source.streams
    .filter(({ codec_type, channels = 0 }) => codec_type === 'audio' && channels > 0)
    .map(async (stream) => {
      const claimed = claimedEnd(source, stream);
      if (claimed <= pictureEndTicks) return claimed;
      const rest = [pictureEndTicks, Infinity] as const;
      const packets = await listPacketsBetween(tools, path, stream.index, rest, signal);
      return lastEnd(packets);
    });
  return Math.max(0, ...(await Promise.all(ends)));
}

function claimedEnd({ format }: Source, stream: SourceStream): number {
  const start = (stream.start_time ?? format.start_time) - format.start_time;
  return toTicks(start + (soundSeconds(stream) ?? 0));
}

function lastEnd(packets: readonly Packet[]): number {
  return packets.reduce(
    (latest, { ticks = 0, durationTicks }) => Math.max(latest, ticks + durationTicks),
    0,
  );
}
