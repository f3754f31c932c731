/** Codec strings of RFC 6381, as master playlists name them. */

/** AAC-LC (ISO/IEC 14496-3 object type 2). */
export const aacLc = 'mp4a.40.2';

/** ETSI TS 102 366, annex F. */
export const ac3 = 'ac-3';
export const eac3 = 'ec-3';

/**
 * `avc1.PPCCLL` from a decoder configuration (avcC, ISO/IEC 14496-15) or from Annex B parameter
 * sets; undefined when there is no sequence parameter set.
 */
export function avcCodecString(extradata: Uint8Array): string | undefined {
  const at = extradata[0] === 1 ? 1 : findAnnexBSps(extradata);
  const triple = at === undefined ? undefined : extradata.subarray(at, at + 3);
  return triple?.length === 3 ? `avc1.${Buffer.from(triple).toString('hex')}` : undefined;
}

function findAnnexBSps(bytes: Uint8Array): number | undefined {
  for (let at = 0; at + 4 < bytes.length; at += 1) {
    const isStart = bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1;
    if (isStart && ((bytes[at + 3] ?? 0) & 0x1f) === 7) return at + 4;
  }
  return undefined;
}

/**
 * Limits of H.264 levels (ITU-T H.264 table A-1): macroblocks a second and a frame, and the bits of the
 * coded picture buffer in High profile (MaxCPB × 1250).
 */
const levels: readonly (readonly [
  level: number,
  perSecond: number,
  perFrame: number,
  bufferBits: number,
])[] = [
  [2.1, 19_800, 792, 5_000_000],
  [3, 40_500, 1_620, 12_500_000],
  [3.1, 108_000, 3_600, 17_500_000],
  [3.2, 216_000, 5_120, 25_000_000],
  [4, 245_760, 8_192, 31_250_000],
  [4.2, 522_240, 8_704, 78_125_000],
  [5, 589_824, 22_080, 168_750_000],
  [5.1, 983_040, 36_864, 300_000_000],
  [5.2, 2_073_600, 36_864, 300_000_000],
];

/** The lowest H.264 level that a picture of this size, rate and buffer fits. */
export function avcLevel(
  width: number,
  height: number,
  frameRate: number,
  bufferBits: number,
): number {
  const perFrame = Math.ceil(width / 16) * Math.ceil(height / 16);
  const fitting = levels.find(
    ([, second, frame, buffer]) =>
      perFrame <= frame && perFrame * frameRate <= second && bufferBits <= buffer,
  );
  return fitting?.[0] ?? 5.2;
}

/** High profile, no constraint flags: what our encoders are told to make. */
export function avcHighCodecString(level: number): string {
  return `avc1.6400${Math.round(level * 10).toString(16)}`;
}
