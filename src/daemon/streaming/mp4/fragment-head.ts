import {
  boxHeaderBytes,
  readBoxes,
  requireBox,
  uint32,
  writeBox,
  writeFullBox,
} from '../../media/fmp4/boxes.js';

/** A single-track segment of one `moof` and one `mdat`, as it becomes part of a fragment of several tracks. */
export interface FragmentPart {
  readonly trackId: number;
  /** Up to the end of its `moof`, with which it begins. */
  readonly head: Buffer;
  /** Of all of it. */
  readonly sizeBytes: number;
}

const mfhdBytes = 16;
/** What several segments have once when they are one fragment. */
const sharedBytes = boxHeaderBytes + mfhdBytes + boxHeaderBytes;

/** How long a fragment is that is made of segments of these sizes. */
export function fragmentBytes(sizes: readonly number[]): number {
  return sizes.reduce((sum, sizeBytes) => sum + sizeBytes - sharedBytes, sharedBytes);
}

/** Where the samples of a segment lie in its file. */
export function sampleRange({ head, sizeBytes }: FragmentPart): [start: number, end: number] {
  return [head.length + boxHeaderBytes, sizeBytes];
}

/**
 * A fragment of several tracks up to its first sample: one `moof` and the header of one `mdat`, in which the samples of
 * the parts follow one another. `sequence` must grow from fragment to fragment of a file. Throws RangeError when a
 * segment is built in another way.
 */
export function fragmentHead(parts: readonly FragmentPart[], sequence: number): Buffer {
  const trafs = parts.map((part) => trackFragment(part));
  const moofBytes = trafs.reduce((sum, { length }) => sum + length, boxHeaderBytes + mfhdBytes);
  let samplesAt = moofBytes + boxHeaderBytes;
  parts.forEach((part, index) => {
    const [start, end] = sampleRange(part);
    moveSamples(trafs[index] ?? Buffer.alloc(0), samplesAt - start);
    samplesAt += end - start;
  });
  const mdatBytes = samplesAt - moofBytes;
  if (mdatBytes > 0xffffffff) throw new RangeError(`a fragment of ${mdatBytes} bytes`);
  return Buffer.concat([
    writeBox('moof', writeFullBox('mfhd', 0, 0, uint32(sequence)), ...trafs),
    uint32(mdatBytes),
    Buffer.from('mdat'),
  ]);
}

/** Its own bytes: the segment's head stays as it is. */
function trackFragment({ head, trackId }: FragmentPart): Buffer {
  const [moof] = readBoxes(head);
  const children = moof === undefined ? [] : readBoxes(head, moof.body, moof.end);
  const [mfhd, traf] = children;
  const isOurs = moof?.end === head.length && children.length === 2 && mfhd?.type === 'mfhd';
  if (!isOurs || traf?.type !== 'traf') {
    throw new RangeError('a segment that is more than one moof and its mdat');
  }
  const bytes = Buffer.from(head.subarray(traf.start, traf.end));
  const { body } = requireBox(bytes, { body: boxHeaderBytes, end: bytes.length }, ['tfhd']);
  bytes.writeUInt32BE(trackId, body + 4);
  return bytes;
}

const hasDataOffset = 0x1;

/** Offsets count from the first byte of the `moof`. */
function moveSamples(traf: Buffer, by: number): void {
  for (const { type, body } of readBoxes(traf, boxHeaderBytes)) {
    if (type !== 'trun') continue;
    const isSaid = (traf.readUInt32BE(body) & hasDataOffset) !== 0;
    if (!isSaid) throw new RangeError('a run of samples that does not say where it is');
    traf.writeInt32BE(traf.readInt32BE(body + 8) + by, body + 8);
  }
}
