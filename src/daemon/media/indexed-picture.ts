import { findInBytes, type ReadBytes } from './container/bytes.js';
import type { KeyPlace } from './container/key-place.js';
import type { CuedFrame } from './container/matroska-cue.js';
import { readMatroskaCues } from './container/matroska-cues.js';
import { readMp4Samples } from './container/mp4-samples.js';
import { placesOfCues, placesOfTable, type Ends } from './container/places.js';
import { frameRateOf } from './frame-rate.js';
import { frameTicks } from './frame-times.js';
import type { SourceStream } from './inspect.js';
import type { PictureFile } from './picture-file.js';
import { packetsOf, readRawPackets, type Packet, type RawPacket } from './raw-packets.js';
import { timesBetween } from './times-between.js';

/** What a container's own index tells of a picture, without reading all of it. */
export interface IndexedPicture {
  /** In decode order: all, or, where `isComplete` is false, those of `placesOfCues`. */
  readonly packets: readonly Packet[];
  readonly isComplete: boolean;
  /** Ascending, in ticks: of the packets, or, where all are needed, of all frames. */
  readonly times: readonly number[];
  /** Frames a second. */
  readonly frameRate: number;
  readonly keys: readonly KeyPlace[];
}

/** What is to be found out beside the key frames. */
interface Needs {
  /** Of all frames. */
  readonly allTimes?: boolean;
  /** Which frames lead the key frames. */
  readonly leading?: boolean;
}

/**
 * Reads the index of an MP4 or Matroska file, and looks at both ends of its picture to see that it is
 * right. undefined where it is not, there is none, or it does not tell the times of all frames where they are
 * needed: then they have to be read.
 */
export async function indexedPicture(
  file: PictureFile,
  needs: Needs = {},
): Promise<IndexedPicture | undefined> {
  const hasTable = file.source.format.format_name.startsWith('mov');
  const given = new AbortController();
  // A start of ffprobe takes as long as reading the index: both at once.
  const ends = readEnds({ ...file, signal: AbortSignal.any([file.signal, given.signal]) });
  ends.catch(() => undefined);
  const look = (read: ReadBytes, sizeBytes: number) =>
    hasTable ? fromTable(file, read, sizeBytes, ends) : fromCues(file, read, needs, ends);
  try {
    return await findInBytes(file.path, look, file.signal);
  } finally {
    given.abort();
  }
}

async function fromTable(
  file: PictureFile,
  read: ReadBytes,
  sizeBytes: number,
  bothEnds: Promise<Ends | undefined>,
): Promise<IndexedPicture | undefined> {
  const table = await readMp4Samples(read, sizeBytes, Number(file.stream.id));
  if (table === undefined) return undefined;
  const isCutOff = table.samples.some((sample) => sample.offset + sample.sizeBytes > sizeBytes);
  if (isCutOff) return undefined;
  const ends = await bothEnds;
  const places = ends && placesOfTable(table, ends);
  if (places === undefined) return undefined;
  const { packets, keys } = places;
  const times = frameTicks(packets, [-Infinity, Infinity]);
  if (times === undefined) return undefined;
  const frameRate = frameRateOf(file.stream, times);
  return { packets, isComplete: true, times, frameRate, keys };
}

async function fromCues(
  file: PictureFile,
  read: ReadBytes,
  { allTimes = false, leading = false }: Needs,
  bothEnds: Promise<Ends | undefined>,
): Promise<IndexedPicture | undefined> {
  const cues = await readMatroskaCues(read, leading);
  if (cues === undefined) return undefined;
  const ends = await endsFromLast(file, cues, bothEnds);
  const places = ends && placesOfCues(cues, ends);
  const frameRate = ends && steadyRate(file.stream, ends);
  const known = places && frameTicks(places.packets, [-Infinity, Infinity]);
  if (places === undefined || frameRate === undefined || known === undefined) return undefined;
  const times = allTimes ? await timesBetween(file, known, frameRate) : known;
  return times && { ...places, isComplete: false, times, frameRate };
}

/** The last key frame may have no cue: then all from the last one that has is the end. */
async function endsFromLast(
  file: PictureFile,
  cues: readonly CuedFrame[],
  bothEnds: Promise<Ends | undefined>,
): Promise<Ends | undefined> {
  const last = cues.reduce((latest, { milliseconds }) => Math.max(latest, milliseconds), 0);
  const ends = await bothEnds;
  const isThere = ends?.tail.some(({ pts }) => pts === last) ?? true;
  return isThere ? ends : readEnds(file, last / 1000);
}

/** So many packets show whether index and file belong together, and the frame rate. */
const headPackets = 64;
/** In seconds, behind the end of any file: from there ffprobe goes back to the last key frame. */
const behindAll = 99_999_999;

async function readEnds(
  { tools, path, stream, signal }: PictureFile,
  tailSeconds = behindAll,
): Promise<Ends | undefined> {
  const ends = `%+#${headPackets},${tailSeconds}%`;
  const interval = ['-read_intervals', ends];
  const { listed } = await readRawPackets(tools, path, stream.index, signal, interval);
  if (listed === undefined) return undefined;
  const { packets, ...clock } = listed;
  return { clock, head: packets.slice(0, headPackets), tail: packets.slice(headPackets) };
}

/** So many that are decoded before a picture may be shown after it (H.264 allows no more). */
const mostReordered = 16;

/** The rate at which both ends come; undefined where they differ. */
function steadyRate(stream: SourceStream, { clock, head, tail }: Ends): number | undefined {
  const rateOf = (packets: readonly RawPacket[], left = 0) => {
    const times = frameTicks(packetsOf({ ...clock, packets }), [-Infinity, Infinity]) ?? [];
    return frameRateOf(stream, times.slice(0, times.length - left));
  };
  // Of the last in the head, some that are shown before them are still to be decoded.
  const atHead = rateOf(head, mostReordered);
  return atHead === rateOf(tail) ? atHead : undefined;
}
