/** Which level of HEVC or AV1 a picture is encoded for, and what its playlist calls it. Pure. */
import type { VideoTraits } from '../../../shared/renditions.js';

type Coded = Pick<VideoTraits, 'width' | 'height' | 'frameRate' | 'maxBitRate'>;

/** Limits of the Main tier: what does not fit the last level is called by it. */
type Level = readonly [name: number, perFrame: number, perSecond: number, bitsPerSecond: number];

/** ITU-T H.265 tables A.8 and A.9; a level as `general_level_idc` has it. MaxCPB is a second of MaxBR. */
const hevcLevels: readonly Level[] = [
  [60, 122_880, 3_686_400, 1_500_000],
  [63, 245_760, 7_372_800, 3_000_000],
  [90, 552_960, 16_588_800, 6_000_000],
  [93, 983_040, 33_177_600, 10_000_000],
  [120, 2_228_224, 66_846_720, 12_000_000],
  [123, 2_228_224, 133_693_440, 20_000_000],
  [150, 8_912_896, 267_386_880, 25_000_000],
  [153, 8_912_896, 534_773_760, 40_000_000],
  [156, 8_912_896, 1_069_547_520, 60_000_000],
];

/** AV1 A.3; a level as `seq_level_idx` has it. */
const av1Levels: readonly Level[] = [
  [0, 147_456, 4_423_680, 1_500_000],
  [1, 278_784, 8_363_520, 3_000_000],
  [4, 665_856, 19_975_680, 6_000_000],
  [5, 1_065_024, 31_950_720, 10_000_000],
  [8, 2_359_296, 70_778_880, 12_000_000],
  [9, 2_359_296, 141_557_760, 20_000_000],
  [12, 8_912_896, 267_386_880, 30_000_000],
  [13, 8_912_896, 534_773_760, 40_000_000],
  [14, 8_912_896, 1_069_547_520, 60_000_000],
];

/** `general_level_idc`: thirty times the level's number. The decoder's buffer is two seconds at the ceiling. */
export function hevcLevelIdc(picture: Coded): number {
  return lowest(hevcLevels, picture, 2 * picture.maxBitRate);
}

/** Main profile and tier, progressive, no fields: what x265 is told to make. */
export function hevcMainCodecString(picture: Coded): string {
  return `hvc1.1.6.L${hevcLevelIdc(picture)}.90`;
}

/** Main profile and tier, 8 bit. */
export function av1MainCodecString(picture: Coded): string {
  const level = lowest(av1Levels, picture, picture.maxBitRate);
  return `av01.0.${String(level).padStart(2, '0')}M.08`;
}

function lowest(levels: readonly Level[], { width, height, frameRate }: Coded, bits: number) {
  const pixels = width * height;
  const fitting = levels.find(
    ([, perFrame, perSecond, most]) =>
      pixels <= perFrame && pixels * frameRate <= perSecond && bits <= most,
  );
  return (fitting ?? levels.at(-1) ?? [0])[0];
}
