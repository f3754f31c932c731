import { readBoxHeader, requireBox } from './boxes.js';

/** Flags of `trun` (ISO/IEC 14496-12, 8.8.8). */
const firstFlagsPresent = 0x4;
const dataOffsetPresent = 0x1;
const durationPresent = 0x100;
const sizePresent = 0x200;

/**
 * Where the first sample of one of our own segments lies in its file: it is the first of the `mdat`
 * behind the `moof`. `head` is the segment's beginning, at least to the end of its first `trun`'s first
 * entry. Throws RangeError when that is no such segment.
 */
export function firstSampleRange(head: Buffer): { readonly start: number; readonly end: number } {
  const moof = readBoxHeader(head, 0);
  if (moof?.type !== 'moof' || moof.end > head.length) throw new RangeError('no whole moof');
  const trun = requireBox(head, moof, ['traf', 'trun']);
  const flags = head.readUInt32BE(trun.body) & 0xffffff;
  if (!(flags & sizePresent))
    throw new RangeError('a segment that does not say how long samples are');
  const words =
    2 +
    (flags & dataOffsetPresent ? 1 : 0) +
    (flags & firstFlagsPresent ? 1 : 0) +
    (flags & durationPresent ? 1 : 0);
  const start = moof.end + mdatHeaderBytes;
  return { start, end: start + head.readUInt32BE(trun.body + 4 * words) };
}

const mdatHeaderBytes = 8;
