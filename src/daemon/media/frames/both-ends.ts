/** Both ends of a picture, as ffprobe lists them: what an index is held against. */
import type { Ends } from '../container/places.js';
import { frameRateOf, leastRateOf } from './frame-rate.js';
import { frameTicks } from './frame-times.js';
import type { SourceStream } from '../source/inspect.js';
import type { PictureFile } from './picture-file.js';
import { packetsOf, readRawPackets, type RawPacket } from '../ffmpeg/raw-packets.js';

/** So many packets show whether index and file belong together, and the frame rate. */
const fewestHeadPackets = 64;
/** The first segments are checked against them as well, where that is not much more to read. */
const beginningSeconds = 32;
const mostBeginningBytes = 96 * 1024 * 1024;
/** In seconds, behind the end of any file: from there ffprobe goes back to the last key frame. */
const behindAll = 99_999_999;

/** undefined where it cannot be read. */
export async function readEnds(
  { tools, path, stream, signal }: PictureFile,
  { headPackets = fewestHeadPackets, tailSeconds = behindAll },
): Promise<Ends | undefined> {
  const ends = `%+#${headPackets},${tailSeconds}%`;
  const interval = ['-read_intervals', ends];
  const { listed } = await readRawPackets(tools, path, stream.index, signal, interval);
  if (listed === undefined) return undefined;
  const { packets, ...clock } = listed;
  return { clock, head: packets.slice(0, headPackets), tail: packets.slice(headPackets) };
}

/** As many as are of use. */
export function headPacketsOf({ source, stream }: PictureFile): number {
  const { size, duration = 0 } = source.format;
  const isMuch = (size / duration) * beginningSeconds > mostBeginningBytes;
  if (duration < 2 * beginningSeconds || isMuch) return fewestHeadPackets;
  const packets = Math.ceil(leastRateOf(stream) * beginningSeconds);
  return Math.max(fewestHeadPackets, packets);
}

/** So many that are decoded before a picture may be shown after it (H.264 allows no more). */
const mostReordered = 16;

/** The rate at which both ends come; undefined where they differ. */
export function steadyRate(stream: SourceStream, { clock, head, tail }: Ends): number | undefined {
  const rateOf = (packets: readonly RawPacket[], left = 0) => {
    const times = frameTicks(packetsOf({ ...clock, packets }), [-Infinity, Infinity]) ?? [];
    return frameRateOf(stream, times.slice(0, times.length - left));
  };
  // Of the last in the head, some that are shown before them are still to be decoded.
  const atHead = rateOf(head.slice(0, fewestHeadPackets), mostReordered);
  return atHead === rateOf(tail) ? atHead : undefined;
}
