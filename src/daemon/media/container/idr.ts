import { windowed, type ReadBytes } from './bytes.js';

/** A frame in a file, without its container. */
export interface FramePlace {
  readonly offset: number;
  readonly sizeBytes: number;
  /** Its first bytes, where they are known already. */
  readonly beginning?: Buffer;
}

/** As many as most often have the header of the first slice in them. */
export const beginningBytes = 256;

const slices = { first: 1, idr: 5 };
/** Parameter sets, a delimiter and messages come before the first slice. */
const mostUnits = 64;

/**
 * Whether an H.264 frame, each unit behind its length in `lengthBytes` (ISO/IEC 14496-15, 4.3.3), is an IDR
 * picture: reads its units' headers up to the first slice. What containers call a key frame may be a
 * recovery point, at which a copy cannot be cut.
 */
export async function isIdr(
  read: ReadBytes,
  { offset, sizeBytes, beginning }: FramePlace,
  lengthBytes: number,
): Promise<boolean> {
  const headBytes = lengthBytes + 1;
  const readHead = windowed(read, beginningBytes, beginning && { from: offset, bytes: beginning });
  for (let at = 0, units = 0; at + headBytes <= sizeBytes && units < mostUnits; units += 1) {
    const bytes = await readHead(offset + at, headBytes);
    if (bytes.length < headBytes) return false;
    const type = (bytes[lengthBytes] ?? 0) & 0x1f;
    if (type >= slices.first && type <= slices.idr) return type === slices.idr;
    at += lengthBytes + bytes.readUIntBE(0, lengthBytes);
  }
  return false;
}
