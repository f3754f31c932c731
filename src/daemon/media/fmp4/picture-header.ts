import { av1CodecString } from '../codecs/av1-codec-string.js';
import { avcCodecString } from '../codecs/codec-strings.js';
import { hevcCodecString } from '../codecs/hevc-codec-string.js';
import { findBox, requireBox } from './boxes.js';

const kinds = [
  { entry: 'avc1', box: 'avcC', codecString: avcCodecString },
  { entry: 'hvc1', box: 'hvcC', codecString: hevcCodecString },
  { entry: 'av01', box: 'av1C', codecString: (bytes: Uint8Array) => av1CodecString(bytes) },
] as const;

/** Of a picture that has a decoder configuration. */
export interface PictureHeader {
  /** RFC 6381; of AV1 what it says in any case, without colours. */
  readonly codecs: string;
  /** avcC, hvcC or av1C. */
  readonly configuration: Uint8Array;
}

/** What the track in a `moov` is decoded with; undefined for other codecs. */
export function pictureHeaderOf(moov: Buffer): PictureHeader | undefined {
  const top = requireBox(moov, { body: 0, end: moov.length }, ['moov']);
  const stsd = requireBox(moov, top, ['trak', 'mdia', 'minf', 'stbl', 'stsd']);
  for (const { entry: type, box, codecString } of kinds) {
    const entry = findBox(moov, { body: stsd.body + 8, end: stsd.end }, [type]);
    const found = entry && findBox(moov, { body: entry.body + 78, end: entry.end }, [box]);
    const configuration = found && moov.subarray(found.body, found.end);
    if (configuration === undefined) continue;
    const codecs = codecString(configuration);
    if (codecs !== undefined) return { codecs, configuration };
  }
  return undefined;
}
