import { avcCodecString } from '../codec-strings.js';
import { findBox, requireBox } from './boxes.js';

/** The RFC 6381 string of the H.264 track in a `moov`, undefined for other codecs. */
export function avcCodecOf(moov: Buffer): string | undefined {
  const top = requireBox(moov, { body: 0, end: moov.length }, ['moov']);
  const stsd = requireBox(moov, top, ['trak', 'mdia', 'minf', 'stbl', 'stsd']);
  const entry = findBox(moov, { body: stsd.body + 8, end: stsd.end }, ['avc1']);
  if (entry === undefined) return undefined;
  const avcC = findBox(moov, { body: entry.body + 78, end: entry.end }, ['avcC']);
  return avcC && avcCodecString(moov.subarray(avcC.body, avcC.end));
}
