import { toTicks } from '../../../shared/time.js';
import { soundSeconds } from './copyable.js';
import type { Source, SourceStream } from '../source/inspect.js';
import { listSoundBetween } from '../frames/packets.js';
import type { Packet } from '../ffmpeg/raw-packets.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

/** Headers are wrong by some frames. */
const mistakenTicks = toTicks(0.1);

/** By the header, rather too early; 0 where it says nothing. */
export function declaredPictureEnd(source: Source, picture: SourceStream): number {
  const end = declaredEnd(source, picture) ?? toTicks(source.format.duration ?? 0);
  return Math.max(0, end - mistakenTicks);
}

/** As soundEnd, by what the header says, to a frame; undefined where it does not say. */
export function declaredSoundEnd(source: Source): number | undefined {
  const ends = soundsOf(source).map((stream) => declaredEnd(source, stream));
  return ends.every((end) => end !== undefined) ? Math.max(0, ...ends) : undefined;
}

/**
 * Where the sound of a file ends, in ticks from time zero; 0 without sound. Headers lie (one says 143,165 s
 * and has one) or say nothing (FLV), so what is not known to end with the picture is looked up.
 */
export async function soundEnd(
  tools: Tools,
  { path, source }: { readonly path: string; readonly source: Source },
  pictureEndTicks: number,
  signal: AbortSignal,
): Promise<number> {
  const ends = soundsOf(source).map(async (stream) => {
    const declared = declaredEnd(source, stream);
    if (declared !== undefined && declared <= pictureEndTicks) return declared;
    const rest = [pictureEndTicks, Infinity] as const;
    const packets = await listSoundBetween(tools, path, stream.index, rest, signal);
    return lastEnd(packets);
  });
  return Math.max(0, ...(await Promise.all(ends)));
}

function soundsOf({ streams }: Source): SourceStream[] {
  return streams.filter(({ codec_type, channels = 0 }) => codec_type === 'audio' && channels > 0);
}

/** undefined where the container does not say. */
function declaredEnd({ format }: Source, stream: SourceStream): number | undefined {
  const start = (stream.start_time ?? format.start_time) - format.start_time;
  const seconds = soundSeconds(stream);
  return seconds === undefined ? undefined : toTicks(start + seconds);
}

function lastEnd(packets: readonly Packet[]): number {
  return packets.reduce(
    (latest, { ticks = 0, durationTicks }) => Math.max(latest, ticks + durationTicks),
    0,
  );
}
