import { KdramaError } from '../../shared/errors.js';
import { findInBytes, withBytes, type ReadBytes } from './container/bytes.js';
import { findSegment } from './container/matroska-head.js';
import { countMp4Samples } from './container/mp4-samples.js';
import type { Source, SourceStream } from './inspect.js';
import type { Packet } from './raw-packets.js';

/** Throws UPLOAD_INVALID_FORMAT, saying how it is seen, when a file is cut off. */
export async function refuseCutOff(
  path: string,
  source: Source,
  stream: SourceStream,
  packets: readonly Packet[],
): Promise<void> {
  const cutOff = packets.every(({ isHidden }) => isHidden === true)
    ? 'it has no frame'
    : await describeCutOff(path, source, stream, packets.length);
  if (cutOff === undefined) return;
  throw new KdramaError('UPLOAD_INVALID_FORMAT', `the file is cut off: ${cutOff}`, {
    hint: 'Copy or download the file again and upload it then.',
  });
}

/**
 * Says how a file is seen to be cut off, or undefined when it is not. Readers go quietly to the end
 * of what is there, so it takes something that counts: the sample table of an MP4, the size of a
 * Matroska segment.
 */
export async function describeCutOff(
  path: string,
  source: Source,
  stream: SourceStream,
  packets: number,
): Promise<string | undefined> {
  const sizeBytes = source.format.size;
  // Other containers count frames in a header field that may count dropped ones.
  const isMp4 = source.format.format_name.startsWith('mov');
  const expected = isMp4 ? (stream.nb_frames ?? 0) : 0;
  if (isTooFew(packets, expected)) {
    // Unless it is an edit list that leaves the others out.
    const { there, all } = (await samplesOf(path, stream)) ?? { there: packets, all: expected };
    if (isTooFew(there, all)) return `${there} of ${all} frames are there`;
  }
  const declared = await withBytes(path, matroskaEnd);
  if (declared !== undefined && declared > sizeBytes) {
    return `${sizeBytes} of ${declared} bytes are there`;
  }
  return undefined;
}

const isTooFew = (there: number, all: number) => there < all * 0.99;

/** undefined where its table is of no use. */
function samplesOf(path: string, { id }: SourceStream) {
  return findInBytes(path, (read, sizeBytes) => countMp4Samples(read, sizeBytes, Number(id)));
}

/**
 * Where a Matroska file says its segment ends, in bytes (RFC 9559); undefined for other files and
 * for live ones, whose size is unknown.
 */
export async function matroskaEnd(read: ReadBytes): Promise<number | undefined> {
  const end = (await findSegment(read))?.end;
  return end === Infinity ? undefined : end;
}
