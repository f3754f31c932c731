/** AV1 as MP4 has it: a temporal unit of OBUs (AV1 in ISO BMFF 2.4; AV1 5.3). Pure. */

interface Obu {
  readonly type: number;
  /** As far as it lies in the bytes. */
  readonly payload: Uint8Array;
}

export const obu = { sequenceHeader: 1, frameHeader: 3, frame: 6 } as const;

/**
 * Those that begin in these bytes, the beginning of a sample of `sizeBytes`: without what lies behind one that goes
 * beyond the sample.
 */
export function obusOf(data: Uint8Array, sizeBytes = data.length): Obu[] {
  const obus: Obu[] = [];
  for (let at = 0; at < data.length;) {
    const header = data[at] ?? 0;
    const body = at + (header & 0x04 ? 2 : 1);
    const { value, next } =
      header & 0x02 ? readLeb128(data, body) : { value: sizeBytes - body, next: body };
    if (next + value > sizeBytes) break;
    obus.push({ type: (header >> 3) & 0x0f, payload: data.subarray(next, next + value) });
    at = next + value;
  }
  return obus;
}

/** AV1 4.10.5: seven bits a byte, the lowest first. */
function readLeb128(data: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = data[start + index] ?? 0;
    value += (byte & 0x7f) * 128 ** index;
    if ((byte & 0x80) === 0) return { value, next: start + index + 1 };
  }
  return { value: Infinity, next: start };
}

/** The sequence header among these; undefined: there is none. */
export function sequenceHeaderAmong(obus: readonly Obu[]): Uint8Array | undefined {
  return obus.find(({ type }) => type === obu.sequenceHeader)?.payload;
}

/** Where the first picture begins, or is shown again; -1: not among these. */
export function firstFrameAmong(obus: readonly Obu[]): number {
  return obus.findIndex(
    ({ type, payload }) => (type === obu.frame || type === obu.frameHeader) && payload.length > 0,
  );
}

/**
 * Whether decoding can start here and the picture is shown at once: a sequence header, then a key frame
 * with show_frame. A frame that is only made visible (show_existing_frame) or kept for later is neither.
 */
export function isShownKeyFrame(obus: readonly Obu[]): boolean {
  const first = firstFrameAmong(obus);
  const header = sequenceHeaderAmong(obus.slice(0, Math.max(0, first)));
  // AV1 5.5.1: seq_profile (3), still_picture (1), reduced_still_picture_header (1).
  const isStill = ((header?.[0] ?? 0x18) & 0x18) !== 0;
  // AV1 5.9.2: show_existing_frame (1), frame_type (2), show_frame (1); a key frame is type 0.
  return !isStill && (obus[first]?.payload[0] ?? 0) >> 4 === 0b0001;
}
