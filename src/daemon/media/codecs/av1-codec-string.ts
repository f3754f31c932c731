/** HDR by its transfer function: PQ is HDR10 and most of Dolby Vision, HLG is broadcast and phones. */
export type DynamicRange = 'SDR' | 'PQ' | 'HLG';

/** ITU-T H.273 code points of what HDR is in: BT.2020 primaries and matrix, and its transfer. */
const transfers = { PQ: '16', HLG: '18' } as const;

/**
 * `av01.P.LLT.DD`, e.g. `av01.0.08M.10`, of a decoder configuration (av1C, AV1 in ISO BMFF 2.3.3 and 5).
 * What follows it may be left out where it is SDR; HDR has to say its colours. undefined where it is no
 * av1C.
 */
export function av1CodecString(av1C: Uint8Array, range: DynamicRange = 'SDR'): string | undefined {
  const [marker, levels, flags] = av1C;
  if (marker !== 0x81 || levels === undefined || flags === undefined) return undefined;
  const isHigh = (flags & 0x40) !== 0;
  const depth = isHigh ? (flags & 0x20 ? '12' : '10') : '08';
  const level = `${levels & 0x1f}`.padStart(2, '0');
  const short = `av01.${levels >> 5}.${level}${flags & 0x80 ? 'H' : 'M'}.${depth}`;
  if (range === 'SDR') return short;
  const isMonochrome = (flags >> 4) & 1;
  const chroma = [(flags >> 3) & 1, (flags >> 2) & 1, flags & 3].join('');
  return `${short}.${isMonochrome}.${chroma}.09.${transfers[range]}.09.0`;
}
