import { KdramaError } from '../../../shared/errors.js';
import { ticksPerSecond, toSeconds, toTicks } from '../../../shared/time.js';
import { knownBeginning } from './beginnings.js';
import { isMatroska } from '../container/matroska-head.js';
import { inputArguments } from '../ffmpeg/input.js';
import { packetsOf, readRawPackets, type Packet } from '../ffmpeg/raw-packets.js';
import { runText } from '../ffmpeg/run.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

/** All packets of one stream in decode order. Throws TRANSCODE_FAILED when it cannot be read. */
export function listPackets(
  tools: Tools,
  path: string,
  streamIndex: number,
  signal: AbortSignal,
): Promise<Packet[]> {
  return demandPackets(tools, path, streamIndex, signal);
}

/** B pictures stand behind pictures that are shown later: read on for this long. */
const reorderSeconds = 3;

/**
 * At least the packets with times in [firstTick, endTick), in decode order. ffprobe starts at the
 * key frame before and counts its length from there, so it reads on until the end is covered.
 */
export async function listPacketsBetween(
  tools: Tools,
  path: string,
  streamIndex: number,
  [firstTick, endTick]: readonly [number, number],
  signal: AbortSignal,
  among: 'one' | 'all' = 'one',
): Promise<readonly Packet[]> {
  const wantedTicks = endTick + reorderSeconds * ticksPerSecond;
  const known = firstTick <= 0 && (await knownBeginning(path, streamIndex, wantedTicks));
  if (known) return known;
  const from = firstTick <= 0 ? '' : `+${toSeconds(firstTick).toFixed(3)}`;
  let seconds = Math.ceil(toSeconds(endTick - firstTick)) + 2 * reorderSeconds + 6;
  for (let listed = -1; ; seconds *= 4) {
    const length = Number.isFinite(seconds) ? `+${seconds}` : '';
    const interval = ['-read_intervals', `${from}%${length}`];
    const { packets } = await readPackets(tools, path, streamIndex, signal, interval, among);
    // A first packet alone in the file's first seconds gives no time to seek from.
    if (packets === undefined) return demandPackets(tools, path, streamIndex, signal);
    const last = packets.reduce((latest, { ticks = 0 }) => Math.max(latest, ticks), 0);
    const isAll = endTick === Infinity || packets.length === listed;
    if (isAll || last >= wantedTicks) return packets;
    listed = packets.length;
  }
}

/** The same of a sound, of which a Matroska file has no places: see `readRawPackets`. */
export async function listSoundBetween(
  tools: Tools,
  path: string,
  streamIndex: number,
  range: readonly [number, number],
  signal: AbortSignal,
): Promise<readonly Packet[]> {
  const among = range[0] > 0 && (await isMatroska(path)) ? 'all' : 'one';
  return listPacketsBetween(tools, path, streamIndex, range, signal, among);
}

async function demandPackets(
  ...source: readonly [tools: Tools, path: string, streamIndex: number, signal: AbortSignal]
): Promise<Packet[]> {
  const { packets, said } = await readPackets(...source, []);
  if (packets !== undefined) return packets;
  throw new KdramaError('TRANSCODE_FAILED', 'the source cannot be read', { cause: said });
}

async function readPackets(
  ...source: Parameters<typeof readRawPackets>
): Promise<{ readonly packets: Packet[] | undefined; readonly said: string }> {
  const { listed, said } = await readRawPackets(...source);
  return { packets: listed && packetsOf(listed), said };
}

/**
 * The times in ticks of the packets that hold an IDR picture, by reading the whole H.264 stream:
 * what containers call a key frame may be a recovery point, at which a copy cannot be cut.
 */
export async function listIdrTicks(
  tools: Tools,
  path: string,
  streamIndex: number,
  signal: AbortSignal,
): Promise<Set<number>> {
  const { stdout } = await runText(
    tools.ffmpeg,
    [
      ...['-v', 'error', '-nostdin', ...inputArguments(path), '-map', `0:${streamIndex}`],
      ...['-c', 'copy', '-copyinkf', '-bsf:v', 'filter_units=pass_types=5', '-f', 'framecrc', '-'],
    ],
    { signal, timeoutMs: 600_000 },
  );
  const base = /^#tb 0: (\d+)\/(\d+)/m.exec(stdout);
  const secondsPerUnit = Number(base?.[1] ?? 1) / Number(base?.[2] ?? ticksPerSecond);
  return new Set(
    [...stdout.matchAll(/^0, *-?\d+, *(-?\d+),/gm)].map((line) =>
      toTicks(Number(line[1]) * secondsPerUnit),
    ),
  );
}
