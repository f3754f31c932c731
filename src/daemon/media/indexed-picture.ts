import { copiedCodecOf } from './choose-variant.js';
import { parseHexDump } from './codec-strings.js';
import { lookAtEach, withBytes, type ReadBytes } from './container/bytes.js';
import { isIdr } from './container/idr.js';
import { readMatroskaCues } from './container/matroska-cues.js';
import { readMp4Samples } from './container/mp4-samples.js';
import { placesOfCues, placesOfTable, type Ends, type KeyPlace } from './container/places.js';
import { frameRateOf } from './frame-rate.js';
import { frameTicks } from './frame-times.js';
import type { Source, SourceStream } from './inspect.js';
import { keyPictureReader, type KeyPicture } from './key-picture.js';
import { packetsOf, readRawPackets, type Packet, type RawPacket } from './raw-packets.js';
import type { Tools } from './tool-pair.js';

/** What a container's own index tells of a picture, without reading all of it. */
export interface IndexedPicture {
  /** In decode order: all, or, where `isComplete` is false, those of `placesOfCues`. */
  readonly packets: readonly Packet[];
  readonly isComplete: boolean;
  /** Frames a second. */
  readonly frameRate: number;
  /** Times of IDR pictures, in ticks; empty of other codecs than H.264. */
  readonly idrTicks: ReadonlySet<number>;
  /** What each packet is that is a key, of HEVC and AV1 where all packets are known; empty otherwise. */
  readonly keyPictures: readonly KeyPicture[];
}

interface PictureFile {
  readonly tools: Tools;
  readonly path: string;
  readonly source: Source;
  readonly stream: SourceStream;
  readonly signal: AbortSignal;
}

/**
 * Reads the index of an MP4 or Matroska file, and looks at both ends of its picture to see that it is
 * right. undefined where it is not, or there is none: then all packets have to be read.
 */
export async function indexedPicture(file: PictureFile): Promise<IndexedPicture | undefined> {
  const { format_name } = file.source.format;
  try {
    return await withBytes(file.path, (read, sizeBytes) =>
      format_name.startsWith('mov') ? fromTable(file, read, sizeBytes) : fromCues(file, read),
    );
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

async function fromTable(
  file: PictureFile,
  read: ReadBytes,
  sizeBytes: number,
): Promise<IndexedPicture | undefined> {
  const table = await readMp4Samples(read, sizeBytes, Number(file.stream.id));
  if (table === undefined) return undefined;
  const { samples, unitsPerSecond } = table;
  const lastKey = samples.findLast(({ isKey }) => isKey);
  const isCutOff = samples.some((sample) => sample.offset + sample.sizeBytes > sizeBytes);
  if (lastKey === undefined || isCutOff) return undefined;
  const ends = await readEnds(file, lastKey.pts / unitsPerSecond);
  const places = ends && placesOfTable(table, ends);
  if (places === undefined) return undefined;
  const { packets, keys } = places;
  const times = frameTicks(packets, [-Infinity, Infinity]);
  if (times === undefined) return undefined;
  return {
    ...{ packets, isComplete: true, frameRate: frameRateOf(file.stream, times) },
    idrTicks: await idrTicks(file, read, keys),
    keyPictures: await keyPictures(file, read, keys),
  };
}

async function fromCues(file: PictureFile, read: ReadBytes): Promise<IndexedPicture | undefined> {
  const cues = await readMatroskaCues(read);
  const last = cues?.reduce((latest, { milliseconds }) => Math.max(latest, milliseconds), 0);
  if (cues === undefined || last === undefined) return undefined;
  const ends = await readEnds(file, last / 1000);
  const places = ends && placesOfCues(cues, ends);
  const frameRate = ends && steadyRate(file.stream, ends);
  if (places === undefined || frameRate === undefined) return undefined;
  const { packets, keys } = places;
  const found = { idrTicks: await idrTicks(file, read, keys), keyPictures: [] };
  return { packets, isComplete: false, frameRate, ...found };
}

/** So many packets show whether index and file belong together, and the frame rate. */
const headPackets = 64;

async function readEnds(
  { tools, path, stream, signal }: PictureFile,
  lastKeySeconds: number,
): Promise<Ends | undefined> {
  const ends = `%+#${headPackets},${lastKeySeconds.toFixed(3)}%`;
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

/** More key frames than seconds in ten hours: every frame is one. */
const mostKeys = 36_000;

async function idrTicks(
  { stream }: PictureFile,
  read: ReadBytes,
  keys: readonly KeyPlace[],
): Promise<ReadonlySet<number>> {
  const [version, , , , lengths = 0] = parseHexDump(stream.extradata ?? '');
  const isAvc = stream.codec_name === 'h264' && version === 1;
  if (!isAvc || keys.length > mostKeys) return new Set();
  const ticks = await lookAtEach(keys, async (key) =>
    (await isIdr(read, key, (lengths & 3) + 1)) ? key.ticks : undefined,
  );
  return new Set(ticks.filter((each) => each !== undefined));
}

/** Read as a whole; a picture of 4K has 1 MB. */
const mostKeyBytes = 8 * 1024 * 1024;

async function keyPictures(
  { stream }: PictureFile,
  read: ReadBytes,
  keys: readonly KeyPlace[],
): Promise<KeyPicture[]> {
  const codec = copiedCodecOf(stream);
  const isReadable = keys.every(({ sizeBytes }) => sizeBytes <= mostKeyBytes);
  if (codec === undefined || !isReadable || keys.length > mostKeys) return [];
  const what = keyPictureReader(codec, parseHexDump(stream.extradata ?? ''));
  return lookAtEach(keys, async ({ offset, sizeBytes }) => what(await read(offset, sizeBytes)));
}
