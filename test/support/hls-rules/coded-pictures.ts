/** What kind of picture a sample is. */
import { isShownKeyFrame, obusOf } from '../../../src/daemon/media/fmp4/av1-samples.js';

/** Of the units of a sample, each behind its length in four bytes: the first byte of each. */
function firstBytes(data: Uint8Array): number[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const bytes: number[] = [];
  for (let at = 0; at + 4 < data.length; at += 4 + view.getUint32(at))
    bytes.push(data[at + 4] ?? 0);
  return bytes;
}

/** nal_unit_type, ITU-T H.264 table 7-1. */
export const avcTypes = (data: Uint8Array): number[] => firstBytes(data).map((byte) => byte & 0x1f);

/** nal_unit_type, ITU-T H.265 table 7-1. */
export const hevcTypes = (data: Uint8Array): number[] =>
  firstBytes(data).map((byte) => (byte >> 1) & 0x3f);

export const av1KeyFrame = (data: Uint8Array) => isShownKeyFrame(obusOf(data));
