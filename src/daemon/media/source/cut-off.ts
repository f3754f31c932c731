import { KdramaError } from '../../../shared/errors.js';
import { toSeconds } from '../../../shared/time.js';
import { findInBytes } from '../container/bytes.js';
import { declaredEnd } from '../container/declared-end.js';
import { countMp4Samples } from '../container/mp4-samples.js';
import type { Source, SourceStream } from './inspect.js';
import type { Packet } from '../ffmpeg/raw-packets.js';

/** Throws UPLOAD_INVALID_FORMAT, saying how it is seen, when a file is cut off. */
export async function refuseCutOff(
  path: string,
  source: Source,
  stream: SourceStream,
  packets: readonly Packet[],
): Promise<void> {
  const cutOff = packets.every(({ isHidden }) => isHidden === true)
    ? 'it has no frame'
    : await describeCutOff(path, source, stream, packets);
  refuse(cutOff);
}

/**
 * The same by the size that it says it has, of a file of which a copy is read: the copy's own size is always right.
 */
export async function refuseShort(path: string, source: Source): Promise<void> {
  refuse(await describeShort(path, source));
}

function refuse(cutOff: string | undefined): void {
  if (cutOff === undefined) return;
  throw new KdramaError('UPLOAD_INVALID_FORMAT', `the file is cut off: ${cutOff}`, {
    hint: 'Copy or download the file again and upload it then.',
  });
}

/** Writers have forgotten a header, or what fills up to an even number. */
const slackBytes = 1024;

/**
 * Says how a file is seen to be cut off, or undefined when it is not. Readers go quietly to the end
 * of what is there, so it takes something that counts: the sample table of an MP4, the size that a
 * Matroska, AVI, ASF or Flash file says it has. Transport streams, program streams and Ogg end anywhere.
 */
async function describeCutOff(
  path: string,
  source: Source,
  stream: SourceStream,
  packets: readonly Packet[],
): Promise<string | undefined> {
  // Other containers count frames in a header field that may count dropped ones.
  const isMp4 = source.format.format_name.startsWith('mov');
  const expected = isMp4 ? (stream.nb_frames ?? 0) : 0;
  if (isTooFew(packets.length, expected)) {
    // Unless it is an edit list that leaves the others out.
    const { there, all } = (await samplesOf(path, stream)) ?? {
      there: packets.length,
      all: expected,
    };
    if (isTooFew(there, all)) return `${there} of ${all} frames are there`;
  }
  return isRecordedFromWithin(source, packets) ? undefined : describeShort(path, source);
}

async function describeShort(path: string, source: Source): Promise<string | undefined> {
  const sizeBytes = source.format.size;
  const declared = (await findInBytes(path, declaredEnd)) ?? 0;
  const isShort = declared > sizeBytes + (isMatroska(source) ? 0 : slackBytes);
  return isShort ? `${sizeBytes} of ${declared} bytes are there` : undefined;
}

function isMatroska({ format }: Source): boolean {
  return format.format_name.startsWith('matroska');
}

/** What is recorded from Flash streams has the size of the whole film in its head, from wherever it starts. */
function isRecordedFromWithin({ format }: Source, packets: readonly Packet[]): boolean {
  if (format.format_name !== 'flv') return false;
  const last = packets.reduce((latest, { ticks = 0 }) => Math.max(latest, ticks), 0);
  return !isTooFew(format.start_time + toSeconds(last), format.duration ?? 0);
}

const isTooFew = (there: number, all: number) => there < all * 0.99;

/** undefined where its table is of no use. */
function samplesOf(path: string, { id }: SourceStream) {
  return findInBytes(path, (read, sizeBytes) => countMp4Samples(read, sizeBytes, Number(id)));
}
