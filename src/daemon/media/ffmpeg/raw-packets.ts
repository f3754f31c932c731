import { ticksPerSecond } from '../../../shared/time.js';
import { askFfprobe } from './ask-ffprobe.js';
import type { Tools } from './tool-pair.js';

/** One packet of a stream, found by reading the container without decoding. */
export interface Packet {
  /** Presentation time from time zero, in ticks; undefined where the container has none (AVI). */
  readonly ticks: number | undefined;
  readonly durationTicks: number;
  readonly sizeBytes: number;
  readonly isKey: boolean;
  /** An edit list leaves it out: no player shows it. Absent: it is shown. */
  readonly isHidden?: boolean;
}

/** Packets with the container's own clock. */
export interface RawPackets {
  readonly ticksPerUnit: number;
  /** Where the file says that it begins: time zero. */
  readonly startUnits: number;
  readonly packets: readonly RawPacket[];
}

export interface RawPacket {
  /** NaN where the container has none. */
  readonly pts: number;
  readonly duration: number;
  readonly sizeBytes: number;
  readonly isKey: boolean;
  readonly isHidden?: boolean;
}

/**
 * What ffprobe lists of one stream, in decode order; nothing when it cannot be read. `among`: lists all streams and
 * picks this one out, since a Matroska file knows places of its picture alone: told to ignore that, ffprobe (5.1)
 * reads all of the file to find a place in its sound.
 */
export async function readRawPackets(
  tools: Tools,
  path: string,
  streamIndex: number,
  signal: AbortSignal,
  interval: readonly string[],
  among: 'one' | 'all' = 'one',
): Promise<{ readonly listed: RawPackets | undefined; readonly said: string }> {
  const { stdout, stderr } = await askFfprobe(
    tools,
    path,
    [
      ...['-of', 'csv', ...(among === 'all' ? [] : ['-select_streams', String(streamIndex)])],
      ...[...interval, '-show_entries', entries],
    ],
    { signal, timeoutMs: 600_000, maxOutputBytes: 512 * 1024 * 1024 },
  );
  return { listed: parseRawPackets(stdout, streamIndex), said: stderr };
}

const entries =
  'packet=stream_index,pts,duration,size,flags:stream=index,time_base:format=start_time';

/** Reads ffprobe's lines `packet,STREAM,PTS,DURATION,SIZE,FLAGS`, `stream,STREAM,BASE` and `format,START`. */
export function parseRawPackets(csv: string, streamIndex: number): RawPackets | undefined {
  const base = new RegExp(`^stream,${streamIndex},(\\d+)/(\\d+)`, 'm').exec(csv);
  if (base === null) return undefined;
  const start = Number(/^format,(-?[\d.]+)/m.exec(csv)?.[1] ?? 0);
  const line = new RegExp(`^packet,${streamIndex},([^,\n]*),([^,\n]*),([^,\n]*),([^,\n]*)`, 'gm');
  const lines = csv.matchAll(line);
  return {
    ticksPerUnit: (Number(base[1]) * ticksPerSecond) / Number(base[2]),
    startUnits: Math.round((start * Number(base[2])) / Number(base[1])),
    packets: [...lines].map(([, pts, duration, size, flags]) => ({
      pts: Number(pts),
      duration: Number(duration) || 0,
      sizeBytes: Number(size) || 0,
      isKey: flags?.startsWith('K') ?? false,
      ...(flags?.includes('D') === true && { isHidden: true }),
    })),
  };
}

/** Pure: from time zero, in ticks. */
export function packetsOf({ ticksPerUnit, startUnits, packets }: RawPackets): Packet[] {
  return packets.map(({ pts, duration, sizeBytes, isKey, isHidden = false }) => {
    const ticks = Number.isNaN(pts) ? undefined : Math.round((pts - startUnits) * ticksPerUnit);
    const packet = { ticks, durationTicks: Math.round(duration * ticksPerUnit), sizeBytes, isKey };
    return isHidden ? { ...packet, isHidden } : packet;
  });
}
