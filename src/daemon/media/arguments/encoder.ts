import type { VideoTraits } from '../../../shared/renditions.js';
import { avcLevel } from '../codec-strings.js';

/**
 * x264 as PeerTube sets it (veryfast, capped), with parameter sets in band: chunks of other encoders
 * may follow under the same init segment.
 */
export function x264(picture: VideoTraits): string[] {
  const level = avcLevel(picture.width, picture.height, picture.frameRate);
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23'],
    ...['-profile:v', 'high', '-level:v', String(level)],
    ...['-maxrate', String(picture.maxBitRate), '-bufsize', String(bufferBits(picture.maxBitRate))],
    ...['-x264-params', 'repeat-headers=1'],
  ];
}

/** The rate control buffer of the encoder, in bits: two seconds at the ceiling. */
export function bufferBits(maxBitRate: number): number {
  return 2 * maxBitRate;
}
