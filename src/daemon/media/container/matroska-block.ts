/** The block that a cue of a Matroska file names (RFC 9559, 5.1.3 and 10). */
import type { ReadBytes } from './bytes.js';
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
}

interface Block extends Omit<CuedFrame, 'milliseconds'> {
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
/** A key frame that a cue does not point at stands at the beginning of its cluster. */
const mostElements = 50;

/** undefined where the cue is wrong: no block of this track stands there at this time. */
export async function findFrame(
  read: ReadBytes,
  { milliseconds, clusterAt, blockAt }: Cue,
  track: number,
): Promise<CuedFrame | undefined> {
  const cluster = await readAt(read, clusterAt);
  if (cluster?.id !== clusterId) return undefined;
  const clusterTime = timeOf(await read(cluster.body, headerBytes));
  if (clusterTime === undefined) return undefined;
  let at = cluster.body + (blockAt ?? 0);
  for (let count = 0; count < mostElements && at < cluster.end; count += 1) {
    const bytes = await read(at, headerBytes);
    const element = readElement(bytes, 0);
    const block = readBlock(bytes);
    if (block?.track === track && clusterTime + block.relativeTime === milliseconds) {
      const { offset, sizeBytes, isLaced } = block;
      return isLaced ? undefined : { milliseconds, offset: at + offset, sizeBytes };
    }
    if (element === undefined || blockAt !== undefined) return undefined;
    at += element.end;
  }
  return undefined;
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
