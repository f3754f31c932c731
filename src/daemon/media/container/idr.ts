import type { ReadBytes } from './bytes.js';

/** A frame in a file, without its container. */
export interface FramePlace {
  readonly offset: number;
  readonly sizeBytes: number;
}

const slices = { first: 1, idr: 5 };
/** Parameter sets, a delimiter and messages come before the first slice. */
const mostUnits = 64;
const atOnceBytes = 256;

/**
 * Whether an H.264 frame, each unit behind its length in `lengthBytes` (ISO/IEC 14496-15, 4.3.3), is an IDR
 * picture: reads its units' headers up to the first slice. What containers call a key frame may be a
 * recovery point, at which a copy cannot be cut.
 */
export async function isIdr(
  read: ReadBytes,
  { offset, sizeBytes }: FramePlace,
  lengthBytes: number,
): Promise<boolean> {
  const headBytes = lengthBytes + 1;
  let bytes: Buffer = Buffer.alloc(0);
  let from = 0;
  for (let at = 0, units = 0; at + headBytes <= sizeBytes && units < mostUnits; units += 1) {
    if (at + headBytes > from + bytes.length) {
      from = at;
      bytes = await read(offset + at, Math.min(atOnceBytes, sizeBytes - at));
      if (bytes.length < headBytes) return false;
    }
    const type = (bytes[at - from + lengthBytes] ?? 0) & 0x1f;
    if (type >= slices.first && type <= slices.idr) return type === slices.idr;
    at += lengthBytes + bytes.readUIntBE(at - from, lengthBytes);
  }
  return false;
}
