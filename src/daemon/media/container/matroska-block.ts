/** The blocks of a Matroska file (RFC 9559, 5.1.3 and 10), in which its frames lie. */
import type { ReadBytes } from './bytes.js';
import { readElement, readElements, unsigned, vintLength, vintValue } from './ebml.js';
import type { FramePlace } from './idr.js';
import { clusterId } from './matroska-head.js';

interface Block extends FramePlace {
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
export const headerBytes = 64;

export interface Frame extends Omit<Block, 'track'> {
  readonly milliseconds: number;
}

interface Walk {
  readonly track: number;
  /** RangeError after so many. */
  readonly mostElements: number;
}

/**
 * Those of a track from an element on, in the file's order, across clusters, each header by a `read` of its own: give a windowed one.
 * `clusterTime`: of the cluster that the element lies in; undefined: in none.
 */
export async function* framesFrom(
  read: ReadBytes,
  { at, clusterTime }: { at: number; clusterTime: number | undefined },
  { track, mostElements }: Walk,
): AsyncGenerator<Frame> {
  for (let count = 0; count < mostElements; count += 1) {
    const bytes = await read(at, headerBytes);
    const element = readElement(bytes, 0);
    if (bytes.length === 0) return;
    if (element === undefined) throw new RangeError(`no element at ${at}`);
    if (element.id === clusterId) {
      clusterTime = timeOf(bytes.subarray(element.body));
      if (clusterTime === undefined) throw new RangeError(`no time in the cluster at ${at}`);
      at += element.body;
      continue;
    }
    const block = readBlock(bytes);
    if (block === undefined && element.id === blockGroupId) {
      throw new RangeError(`no block in the group at ${at}`);
    }
    if (block?.track === track && clusterTime !== undefined) {
      const { track: _, offset, ...rest } = block;
      yield { ...rest, milliseconds: clusterTime + block.relativeTime, offset: at + offset };
    }
    at += element.end;
  }
  throw new RangeError(`${mostElements} elements looked at`);
}

/** Of a cluster, from the first bytes of its body. */
export function timeOf(bytes: Buffer): number | undefined {
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
