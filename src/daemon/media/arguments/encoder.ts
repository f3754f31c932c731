import type { VideoTraits } from '../../../shared/renditions.js';
import { avcLevel } from '../codec-strings.js';
import type { HardwareEncoder } from '../encoders/catalogue.js';

/**
 * x264 as PeerTube sets it (veryfast, capped, up to 16 B pictures: at equal quality 3 to 6 % fewer bytes), with parameter sets in band: chunks of other encoders
 * may follow under the same init segment. Key pictures are the forced ones alone.
 */
export function x264(picture: VideoTraits): string[] {
  const level = avcLevel(picture.width, picture.height, picture.frameRate);
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-bf', '16'],
    ...['-profile:v', 'high', '-level:v', String(level), '-g', '9999', '-sc_threshold', '0'],
    ...rateLimits(picture),
    ...['-x264-params', 'repeat-headers=1'],
  ];
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
  const level = Math.round(avcLevel(picture.width, picture.height, picture.frameRate) * 10);
  const group = String(Math.max(1, Math.ceil(longestSegmentSeconds * picture.frameRate)));
  const mean = String(Math.round(picture.maxBitRate * meanOfCeiling));
  return [
    ...['-c:v', encoder.codec, ...encoder.options, '-level:v', String(level)],
    ...['-bf', String(encoder.bPictures), '-g', group, '-keyint_min', group],
    ...(encoder.quality ?? ['-b:v', mean]),
    ...rateLimits(picture),
    ...['-bsf:v', 'dump_extra=freq=keyframe'],
  ];
}

/** Where an encoder wants a mean: about what x264 comes to under the same ceiling. */
const meanOfCeiling = 0.6;

function rateLimits({ maxBitRate }: VideoTraits): string[] {
  return ['-maxrate', String(maxBitRate), '-bufsize', String(bufferBits(maxBitRate))];
}

/** The rate control buffer of the encoder, in bits: two seconds at the ceiling. */
export function bufferBits(maxBitRate: number): number {
  return 2 * maxBitRate;
}
