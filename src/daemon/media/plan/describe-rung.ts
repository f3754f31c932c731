import type { VideoTraits } from '../../../shared/renditions.js';
import {
  plainEncoder,
  type PictureEncoder,
  type VariantCodec,
} from '../../../shared/resolutions.js';
import { toSeconds, toTicks } from '../../../shared/time.js';
import { bufferBits, levelOf } from '../arguments/encoder.js';
import { avcHighCodecString } from '../codecs/codec-strings.js';
import { treatmentOf } from '../source/colors.js';
import type { DescribedRendition } from './described-rendition.js';
import type { SourceStream } from '../source/inspect.js';
import type { Rung } from './ladder.js';
import { shownSize } from '../source/shown-size.js';
import { av1MainCodecString, hevcMainCodecString } from '../codecs/variant-levels.js';

/** What a rung is made of. */
export interface EncodedPicture {
  readonly stream: SourceStream;
  readonly frameRate: number;
  readonly boundaries: readonly number[];
  readonly canToneMap: boolean;
}

/** A rung as it is planned: what its encoder is told stands in its traits. */
export function describeRung(
  picture: EncodedPicture,
  { name, codec, width, height, maxBitRate }: Rung,
  encoder: PictureEncoder,
  reason: string,
): DescribedRendition<VideoTraits> {
  const { stream, frameRate, boundaries } = picture;
  const size = { width, height, frameRate, maxBitRate };
  return {
    ...{ name, method: 'encoded', reason },
    traits: {
      ...{ kind: 'video', stream: stream.index, ...size, codecs: codecStringOf(size, codec) },
      bandwidthBound: encodedBound(maxBitRate, toSeconds(longest(boundaries))),
      // AV1 keeps what it shows later inside the bytes of a picture that is shown.
      reorderTicks: codec === 'av1' ? 0 : toTicks(reorderFrames / frameRate),
      treatment: treatmentOf(stream, picture),
      encoder,
      sourceSize: shownSize(stream),
    },
  };
}

/** What somebody wanted otherwise than it always is. */
export function besides({ crf, preset }: PictureEncoder): string {
  const said = [
    ...(crf === plainEncoder.crf ? [] : [`CRF ${crf}`]),
    ...(preset === plainEncoder.preset ? [] : [`preset ${preset}`]),
  ];
  return said.length === 0 ? '' : ` (${said.join(', ')})`;
}

/** B pictures in a pyramid, as the presets of x264 and x265 have them. */
const reorderFrames = 2;

function codecStringOf(
  size: Parameters<typeof levelOf>[0],
  codec: VariantCodec | undefined,
): string {
  if (codec === 'hevc') return hevcMainCodecString(size);
  return codec === 'av1' ? av1MainCodecString(size) : avcHighCodecString(levelOf(size));
}

/** What the rate control can reach at most in a segment, and a tenth for boxes. */
function encodedBound(maxBitRate: number, segmentSeconds: number): number {
  const buffered = bufferBits(maxBitRate) / Math.max(1, segmentSeconds);
  return Math.round((maxBitRate + buffered) * 1.1);
}

function longest(boundaries: readonly number[]): number {
  return boundaries.reduce(
    (most, end, index) => Math.max(most, end - (boundaries[index - 1] ?? end)),
    0,
  );
}
