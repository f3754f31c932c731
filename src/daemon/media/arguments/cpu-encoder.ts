import { variantCodecOf, type VideoTraits } from '../../../shared/renditions.js';
import { x264 } from './encoder.js';
import { svtAv1, x265 } from './variant-encoder.js';

const encoders = {
  h264: { name: 'libx264', arguments: x264 },
  hevc: { name: 'libx265', arguments: x265 },
  av1: { name: 'libsvtav1', arguments: svtAv1 },
} as const;

/** What makes a picture on the CPU. `name`: as ffmpeg lists it. */
export function cpuEncoder(picture: Pick<VideoTraits, 'codecs'>): {
  readonly name: string;
  readonly arguments: (picture: VideoTraits) => string[];
} {
  return encoders[variantCodecOf(picture) ?? 'h264'];
}
