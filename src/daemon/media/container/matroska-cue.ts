/** The frame that a cue of a Matroska file names (RFC 9559, 5.1.5), and those that lead it. */
import { windowed, type ReadBytes } from './bytes.js';
import { beginningBytes, type FramePlace } from './idr.js';
import { framesFrom, headerBytes, timeOf, type Frame } from './matroska-block.js';
import { clusterId, readAt } from './matroska-head.js';

export interface Cue {
  readonly milliseconds: number;
  /** Offset of its cluster in the file. */
  readonly clusterAt: number;
  /** Of its block, in the body of the cluster; undefined: it is looked for. */
  readonly blockAt: number | undefined;
}

/** A frame that the file's own index calls a place to start at. */
export interface CuedFrame extends FramePlace {
  /** As the file has it. */
  readonly milliseconds: number;
  /** Times of those that follow it and are shown before it, in the file's order; empty where nobody asked. */
  readonly leading: readonly number[];
}

/** Sound lies between pictures, of some codecs 1,200 times a second. */
const mostElements = 1000; // of one cue
/** A cluster, its first block and the beginning of what is in that lie close together: one look for all. */
const atOnceBytes = 8 * 1024;
/** Neither H.264 nor HEVC allows more. */
const mostLeading = 16;

/**
 * undefined where the cue is wrong: no block of this track stands there at this time. Throws RangeError where
 * it, or what leads it, is looked for too long.
 */
export async function findFrame(
  read: ReadBytes,
  { milliseconds, clusterAt, blockAt }: Cue,
  { track, isLedWanted }: { readonly track: number; readonly isLedWanted: boolean },
): Promise<CuedFrame | undefined> {
  const near = windowed(read, atOnceBytes);
  const cluster = await readAt(near, clusterAt);
  if (cluster?.id !== clusterId) return undefined;
  const clusterTime = timeOf(await near(cluster.body, headerBytes));
  if (clusterTime === undefined) return undefined;
  const start = { at: cluster.body + (blockAt ?? 0), clusterTime };
  let cued: Frame | undefined;
  let beginning: Buffer = Buffer.alloc(0);
  const leading: number[] = [];
  for await (const frame of framesFrom(near, start, { track, mostElements })) {
    if (cued !== undefined && frame.milliseconds > milliseconds) break;
    if (cued !== undefined) leading.push(frame.milliseconds);
    else if (frame.milliseconds === milliseconds) {
      cued = frame;
      beginning = await beginningOf(near, frame);
    } else if (blockAt !== undefined) return undefined;
    if (leading.length > mostLeading) throw new RangeError(`more than ${mostLeading} lead a frame`);
    if (!isLedWanted && cued !== undefined) break;
  }
  if (cued === undefined || cued.isLaced) return undefined;
  const { offset, sizeBytes } = cued;
  return { milliseconds, offset, sizeBytes, beginning, leading };
}

/** A copy, so that the rest of the window goes. */
async function beginningOf(near: ReadBytes, { offset, sizeBytes }: Frame): Promise<Buffer> {
  return Buffer.from(await near(offset, Math.min(sizeBytes, beginningBytes)));
}
