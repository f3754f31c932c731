/** The index of a Matroska file (RFC 9559, 5.1.5): its cues, each proven by the block that it names. */
import { lookAtEach, type ReadBytes } from './bytes.js';
import { numberIn, readElements, type Element } from './ebml.js';
import { mostKeys } from './key-place.js';
import { findFrame, type Cue, type CuedFrame } from './matroska-cue.js';
import { cuesId, readAt, readBody, readMatroskaHead } from './matroska-head.js';

const nanosecondsPerMillisecond = 1_000_000;
const cuePointId = 0xbb;

/**
 * The cued frames of the one picture track, in the order of their times; undefined where no index can be relied
 * on: there is none, or a cue that names no such block, or several picture tracks, changed frames, another
 * clock than milliseconds. What leads them is looked for where it is wanted, but for the last.
 */
export async function readMatroskaCues(
  read: ReadBytes,
  isLedWanted = false,
): Promise<CuedFrame[] | undefined> {
  const head = await readMatroskaHead(read);
  const [track] = head?.pictureTracks ?? [];
  if (head?.cuesAt === undefined || track === undefined) return undefined;
  if (head.pictureTracks.length > 1 || head.isChanged) return undefined;
  if (head.nanosecondsPerUnit !== nanosecondsPerMillisecond) return undefined;
  const element = await readAt(read, head.cuesAt);
  if (element?.id !== cuesId) return undefined;
  const body = await readBody(read, element);
  const points = readElements(body).filter(({ id }) => id === cuePointId);
  if (points.length === 0 || points.length > mostKeys) return undefined;
  const cues = cuesOf(body, points, track, head.segmentBody);
  if (cues.length === 0) return undefined;
  const last = Math.max(...cues.map(({ milliseconds }) => milliseconds));
  const frames = await lookAtEach(cues, (cue) =>
    findFrame(read, cue, { track, isLedWanted: isLedWanted && cue.milliseconds < last }),
  );
  if (!frames.every((frame) => frame !== undefined)) return undefined;
  return frames.toSorted((a, b) => a.milliseconds - b.milliseconds);
}

function cuesOf(
  cues: Buffer,
  points: readonly Element[],
  track: number,
  segmentBody: number,
): Cue[] {
  return points.flatMap((point) => {
    const entry = cues.subarray(point.body, point.end);
    const positions = readElements(entry)
      .filter(({ id }) => id === 0xb7)
      .map(({ body, end }) => entry.subarray(body, end))
      .find((each) => numberIn(each, 0xf7) === track);
    const [time, cluster] = [numberIn(entry, 0xb3), positions && numberIn(positions, 0xf1)];
    if (positions === undefined || time === undefined || cluster === undefined) return [];
    const clusterAt = segmentBody + cluster;
    return [{ milliseconds: time, clusterAt, blockAt: numberIn(positions, 0xf0) }];
  });
}
