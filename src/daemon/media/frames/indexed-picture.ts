import { rememberBeginning } from './beginnings.js';
import { headPacketsOf, readEnds, steadyRate } from './both-ends.js';
import { findInBytes, type ReadBytes } from '../container/bytes.js';
import type { KeyPlace } from '../container/key-place.js';
import type { CuedFrame } from '../container/matroska-cue.js';
import { readMatroskaCues } from '../container/matroska-cues.js';
import { readMp4Samples } from '../container/mp4-samples.js';
import { placesOfCues, placesOfTable, type Ends } from '../container/places.js';
import { frameRateOf } from './frame-rate.js';
import { frameTicks } from './frame-times.js';
import { indexedKeyPictures } from './indexed-keys.js';
import { copiedCodecOf, type KeyPicture } from './key-picture.js';
import type { PictureFile } from './picture-file.js';
import { packetsOf, type Packet } from '../ffmpeg/raw-packets.js';
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
  /** What each of the keys is; empty where that is not asked for or cannot be told. */
  readonly keyPictures: readonly KeyPicture[];
}

/** Below that, reading all is as quick: 64 MiB. */
export const indexedFromBytes = 64 * 1024 * 1024;

/** What is to be found out beside the key frames. */
interface Needs {
  /** Of all frames. */
  readonly allTimes?: boolean;
  /** What the key frames are, and, of what may be copied beside an encoded ladder, which frames lead them. */
  readonly keyPictures?: boolean;
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
  const signal = AbortSignal.any([file.signal, given.signal]);
  const ends = readEnds({ ...file, signal }, { headPackets: headPacketsOf(file) });
  ends.catch(() => undefined);
  const look = (read: ReadBytes, sizeBytes: number) =>
    hasTable ? fromTable(file, read, sizeBytes, needs, ends) : fromCues(file, read, needs, ends);
  try {
    const indexed = await findInBytes(file.path, look, file.signal);
    if (indexed !== undefined) await remember(file, await ends);
    return indexed;
  } finally {
    given.abort();
  }
}

/** Many of the first segments can be checked against what was listed. */
async function remember({ path, stream }: PictureFile, ends: Ends | undefined): Promise<void> {
  if (ends === undefined) return;
  const packets = packetsOf({ ...ends.clock, packets: ends.head });
  await rememberBeginning(path, stream.index, packets);
}

async function fromTable(
  file: PictureFile,
  read: ReadBytes,
  sizeBytes: number,
  { keyPictures = false }: Needs,
  bothEnds: Promise<Ends | undefined>,
): Promise<IndexedPicture | undefined> {
  const trackId = Number(file.stream.id);
  const early = await file.earlyTable;
  const table =
    early?.trackId === trackId ? early.table : await readMp4Samples(read, sizeBytes, trackId);
  if (table === undefined) return undefined;
  const isCutOff = table.samples.some((sample) => sample.offset + sample.sizeBytes > sizeBytes);
  if (isCutOff) return undefined;
  const keys = table.samples.filter(({ isKey }) => isKey);
  const [ends, found] = await Promise.all([
    bothEnds,
    keyPictures ? indexedKeyPictures(file, keys) : [],
  ]);
  const places = ends && placesOfTable(table, ends);
  const times = places && frameTicks(places.packets, [-Infinity, Infinity]);
  if (places === undefined || times === undefined) return undefined;
  const frameRate = frameRateOf(file.stream, times);
  return { ...places, isComplete: true, times, frameRate, keyPictures: found };
}

async function fromCues(
  file: PictureFile,
  read: ReadBytes,
  { allTimes = false, keyPictures = false }: Needs,
  bothEnds: Promise<Ends | undefined>,
): Promise<IndexedPicture | undefined> {
  const leading = keyPictures && copiedCodecOf(file.stream) !== undefined;
  const cues = await readMatroskaCues(read, leading);
  if (cues === undefined) return undefined;
  const [ends, found] = await Promise.all([
    endsFromLast(file, cues, bothEnds),
    keyPictures ? indexedKeyPictures(file, cues) : [],
  ]);
  const places = ends && placesOfCues(cues, ends);
  const frameRate = ends && steadyRate(file.stream, ends);
  const known = places && frameTicks(places.packets, [-Infinity, Infinity]);
  if (places === undefined || frameRate === undefined || known === undefined) return undefined;
  const times = allTimes ? await timesBetween(file, known, frameRate) : known;
  return times && { ...places, isComplete: false, times, frameRate, keyPictures: found };
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
  return isThere ? ends : readEnds(file, { tailSeconds: last / 1000 });
}
