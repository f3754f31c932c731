/** The block that a cue of a Matroska file names (RFC 9559, 5.1.3 and 10). */
import { windowed, type ReadBytes } from './bytes.js';
import { readElement, readElements, unsigned, vintLength, vintValue } from './ebml.js';
import { clusterId, readAt } from './matroska-head.js';

export interface Cue {
  readonly milliseconds: number;
  /** Offset of its cluster in the file. */
  readonly clusterAt: number;
  /** Of its block, in the body of the cluster; undefined: it is looked for. */
  readonly blockAt: number | undefined;
}

/** A frame that the file's own index calls a place to start at. */
export interface CuedFrame {
  /** As the file has it. */
  readonly milliseconds: number;
  /** In the file. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** Times of those that follow it and are shown before it, in the file's order; empty where nobody asked. */
  readonly leading: readonly number[];
}

interface Block extends Pick<CuedFrame, 'offset' | 'sizeBytes'> {
  readonly track: number;
  /** To the time of its cluster. */
  readonly relativeTime: number;
  /** Whether several frames share it. */
  readonly isLaced: boolean;
}

const timestampId = 0xe7;
const simpleBlockId = 0xa3;
const blockGroupId = 0xa0;
const blockId = 0xa1;
const lacing = 0b0110;

/** What an element needs before its frame begins. */
const headerBytes = 64;
/** Sound lies between pictures, of some codecs 1,200 times a second. */
const ofOneCue = { mostElements: 1000, atOnceBytes: 8 * 1024 };

/**
 * undefined where the cue is wrong: no block of this track stands there at this time. Throws RangeError where
 * it is looked for too long.
 */
export async function findFrame(
  read: ReadBytes,
  { milliseconds, clusterAt, blockAt }: Cue,
  { track, isLedWanted }: { readonly track: number; readonly isLedWanted: boolean },
): Promise<CuedFrame | undefined> {
  const cluster = await readAt(read, clusterAt);
  if (cluster?.id !== clusterId) return undefined;
  const clusterTime = timeOf(await read(cluster.body, headerBytes));
  if (clusterTime === undefined) return undefined;
  const start = { at: cluster.body + (blockAt ?? 0), clusterTime };
  let cued: Frame | undefined;
  const leading: number[] = [];
  for await (const frame of framesFrom(read, start, { track, ...ofOneCue })) {
    if (cued !== undefined && frame.milliseconds > milliseconds) break;
    if (cued !== undefined) leading.push(frame.milliseconds);
    else if (frame.milliseconds === milliseconds) cued = frame;
    else if (blockAt !== undefined) return undefined;
    if (!isLedWanted && cued !== undefined) break;
  }
  if (cued === undefined || cued.isLaced) return undefined;
  const { offset, sizeBytes } = cued;
  return { milliseconds, offset, sizeBytes, leading };
}

interface Frame extends Omit<Block, 'track'> {
  readonly milliseconds: number;
}

interface Walk {
  readonly track: number;
  /** RangeError after so many. */
  readonly mostElements: number;
  readonly atOnceBytes: number;
}

/**
 * Those of a track from an element on, in the file's order, across clusters. `clusterTime`: of the cluster that the element
 * lies in; undefined: in none.
 */
export async function* framesFrom(
  read: ReadBytes,
  { at, clusterTime }: { at: number; clusterTime: number | undefined },
  { track, mostElements, atOnceBytes }: Walk,
): AsyncGenerator<Frame> {
  const readHeader = windowed(read, atOnceBytes);
  for (let count = 0; count < mostElements; count += 1) {
    const bytes = await readHeader(at, headerBytes);
    const element = readElement(bytes, 0);
    if (element === undefined) return;
    if (element.id === clusterId) {
      clusterTime = timeOf(bytes.subarray(element.body));
      at += element.body;
      continue;
    }
    const block = readBlock(bytes);
    if (block?.track === track && clusterTime !== undefined) {
      const { track: _, offset, ...rest } = block;
      yield { ...rest, milliseconds: clusterTime + block.relativeTime, offset: at + offset };
    }
    at += element.end;
  }
  throw new RangeError(`${mostElements} elements looked at`);
}

/** Of a cluster, from the first bytes of its body. */
function timeOf(bytes: Buffer): number | undefined {
  const element = readElements(bytes).find(({ id }) => id === timestampId);
  return element && unsigned(bytes.subarray(element.body, element.end));
}

/** From the first bytes of an element; undefined where it is none. */
function readBlock(bytes: Buffer): Block | undefined {
  let element = readElement(bytes, 0);
  if (element?.id === blockGroupId) element = readElement(bytes, element.body);
  if (element === undefined || ![simpleBlockId, blockId].includes(element.id)) return undefined;
  const { body, end } = element;
  const length = vintLength(bytes[body]);
  const offset = body + length + 3;
  if (offset > bytes.length) return undefined;
  return {
    track: vintValue(bytes, body, length),
    relativeTime: bytes.readInt16BE(body + length),
    isLaced: ((bytes[body + length + 2] ?? 0) & lacing) !== 0,
    offset,
    sizeBytes: end - offset,
  };
}
