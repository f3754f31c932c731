/** Of a decoder configuration of HEVC, hvcC (ISO/IEC 14496-15, 8.3.3.1). */

const profileAt = 1;
const compatibilityAt = 2;
const constraintsAt = 6;
const levelAt = 12;

/**
 * `hvc1.P.C.TL.B…`, e.g. `hvc1.2.4.L120.B0` (ISO/IEC 14496-15, annex E.3): profile, compatibility flags
 * as a number whose lowest bit is the first flag, tier and level, constraint bytes as far as one is set.
 * undefined where it is no hvcC.
 */
export function hevcCodecString(hvcC: Uint8Array): string | undefined {
  if (hvcC[0] !== 1 || hvcC.length < 23) return undefined;
  const bytes = Buffer.from(hvcC);
  const profile = bytes.readUInt8(profileAt);
  const space = ['', 'A', 'B', 'C'][profile >> 6] ?? '';
  const tier = profile & 0x20 ? 'H' : 'L';
  return [
    'hvc1',
    `${space}${profile & 0x1f}`,
    hex(reversedBits(bytes.readUInt32BE(compatibilityAt))),
    `${tier}${bytes.readUInt8(levelAt)}`,
    ...withoutTrailingZeros(bytes.subarray(constraintsAt, levelAt)).map(hex),
  ].join('.');
}

function reversedBits(word: number): number {
  return Number.parseInt(word.toString(2).padStart(32, '0').split('').toReversed().join(''), 2);
}

function withoutTrailingZeros(bytes: Uint8Array): number[] {
  const used = [...bytes].findLastIndex((byte) => byte !== 0) + 1;
  return [...bytes.subarray(0, used)];
}

function hex(value: number): string {
  return value.toString(16).toUpperCase();
}
