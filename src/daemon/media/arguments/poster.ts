import type { PictureTreatment } from '../../../shared/renditions.js';
import { inputArguments } from '../ffmpeg/input.js';
import type { Size } from '../source/shown-size.js';
import { asJpeg } from './jpeg.js';
import { inColor } from './picture-filter.js';

export interface PosterRequest {
  readonly source: string;
  /** Index of the picture's stream. */
  readonly stream: number;
  /** By ffmpeg's name. */
  readonly codec: string | undefined;
  readonly size: Size;
  readonly treatment: PictureTreatment;
  /** Where to look for a picture, in seconds from the start. */
  readonly atSeconds: number;
  /** Whether dark pictures count too. */
  readonly mayBeBlack: boolean;
}

/** The most typical of a few key frames (of Theora: frames), as JPEG to file descriptor 3; nothing when there is none. */
export function posterArguments(request: PosterRequest): string[] {
  const { source, stream, codec, size, treatment, atSeconds, mayBeBlack } = request;
  const filter = [
    ...(mayBeBlack ? [] : [notBlack]),
    'thumbnail=6',
    ...inColor(size, treatment),
    asJpeg,
  ].join(',');
  return [
    ...['-v', 'error', '-nostdin'],
    // To ffmpeg's decoder of Theora each frame that it is to pass over is an error, and key frames are lost, too.
    ...(codec === 'theora' ? [] : ['-skip_frame', 'nokey']),
    ...inputArguments(source, { seekSeconds: atSeconds }),
    ...['-map', `0:${stream}`, '-vf', filter],
    // By itself ffmpeg drops the one frame of a file whose clock does not go on.
    ...['-fps_mode', 'passthrough', '-frames:v', '1'],
    ...['-c:v', 'mjpeg', '-q:v', '4', '-f', 'image2pipe', 'pipe:3'],
  ];
}

/** Black is 16; a night scene with a face in it is well above this. */
const notBlack = 'signalstats,metadata=select:key=lavfi.signalstats.YAVG:value=28:function=greater';
