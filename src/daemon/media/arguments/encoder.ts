import type { VideoTraits } from '../../../shared/renditions.js';
import { plainEncoder } from '../../../shared/resolutions.js';
import { avcLevel } from '../codecs/codec-strings.js';
import type { HardwareEncoder } from './hardware-encoders.js';

/**
 * x264, capped, with parameter sets in band: chunks of other encoders may follow under the same init
 * segment. Key pictures are the forced ones alone. Why so: docs/decisions/0044-x264.md.
 */
export function x264(picture: VideoTraits): string[] {
  const { crf, preset } = picture.encoder ?? plainEncoder;
  const isHasty = preset === 'ultrafast';
  return [
    ...['-c:v', 'libx264', '-preset', preset, '-crf', String(crf)],
    // The hasty one does not choose where B pictures pay.
    ...(isHasty ? [] : ['-bf', '3']),
    ...(preset === plainEncoder.preset ? tuned(picture) : []),
    ...['-profile:v', 'high', '-level:v', String(levelOf(picture)), '-g', '9999'],
    ...['-sc_threshold', '0', ...rateLimits(picture)],
    // Without 8×8 transforms, which it leaves out, x264 does not say High profile, as the playlist does.
    ...['-x264-params', isHasty ? 'repeat-headers=1:8x8dct=1' : 'repeat-headers=1'],
  ];
}

/** What pays for its time: where the bits go by how much the picture varies, and in small ones what veryfast leaves out. */
function tuned({ width, height }: VideoTraits): string[] {
  const isSmall = width * height < 1280 * 720;
  return ['-aq-mode', '2', ...(isSmall ? ['-refs', '3', '-rc-lookahead', '20'] : [])];
}

/** The H.264 level that a picture is encoded for. */
export function levelOf(
  picture: Pick<VideoTraits, 'width' | 'height' | 'frameRate' | 'maxBitRate'>,
): number {
  const { width, height, frameRate, maxBitRate } = picture;
  return avcLevel(width, height, frameRate, bufferBits(maxBitRate));
}

/**
 * A hardware encoder that makes what x264 makes: High profile, the same level, no more reordering than
 * the init segment allows, parameter sets before every key picture. Not all of them can be trusted to
 * force key pictures, so a group is also as long as the longest segment; what came out is checked.
 */
export function hardware(
  encoder: HardwareEncoder,
  picture: VideoTraits,
  longestSegmentSeconds: number,
): string[] {
  const level = Math.round(levelOf(picture) * 10);
  const { crf } = picture.encoder ?? plainEncoder;
  const group = String(Math.max(1, Math.ceil(longestSegmentSeconds * picture.frameRate)));
  const mean = String(Math.round(picture.maxBitRate * meanOfCeiling));
  return [
    ...['-c:v', encoder.codec, ...encoder.options, '-level:v', String(level)],
    ...['-bf', String(encoder.bPictures), '-g', group, '-keyint_min', group],
    ...(encoder.quality?.(crf) ?? ['-b:v', mean]),
    ...rateLimits(picture),
    ...['-bsf:v', 'dump_extra=freq=keyframe'],
  ];
}

/** Where an encoder wants a mean: about what x264 comes to under the same ceiling. */
const meanOfCeiling = 0.6;

export function rateLimits({ maxBitRate }: VideoTraits): string[] {
  return ['-maxrate', String(maxBitRate), '-bufsize', String(bufferBits(maxBitRate))];
}

/** The rate control buffer of the encoder, in bits: two seconds at the ceiling. */
export function bufferBits(maxBitRate: number): number {
  return 2 * maxBitRate;
}
