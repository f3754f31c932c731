import { KdramaError } from '../../../shared/errors.js';
import type { VideoTraits } from '../../../shared/renditions.js';
import { ticksPerSecond } from '../../../shared/time.js';
import type { Acceleration } from '../arguments/encode.js';
import { fitsCodec } from '../codecs/fits-codec.js';
import { hasParameterSets, reorderDepth } from '../fmp4/avc-samples.js';
import { pictureHeaderOf } from '../fmp4/picture-header.js';
import { encodeSample, type EncodedSample, type SampleClip } from '../tools/self-test.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

/** Large enough for every encoder; some refuse less than 146 pixels. */
export const trialPicture: VideoTraits = {
  ...{ kind: 'video', stream: 0, width: 640, height: 360, frameRate: 25, codecs: 'avc1.64001e' },
  ...{ bandwidthBound: 0, maxBitRate: 1_000_000, reorderTicks: 7200 },
};

/** What the init segments of encoded renditions allow. */
export const mostReordering = Math.round(
  (trialPicture.reorderTicks * trialPicture.frameRate) / 90_000,
);

/** The second key picture is where no encoder would make one by itself. */
const boundaries = [0, 0.76, 2].map((seconds) => Math.round(seconds * ticksPerSecond));

/**
 * Encodes real frames as a chunk of two segments. Resolves when they can follow chunks of x264 under
 * one init segment; throws TRANSCODE_FAILED saying why not.
 */
export async function tryEncoder(
  tools: Tools,
  clip: SampleClip,
  acceleration: Acceleration,
): Promise<void> {
  const request = { tools, clip, picture: trialPicture, boundaries, acceleration };
  const flaw = flawOf(await encodeSample(request));
  if (flaw !== undefined) throw new KdramaError('TRANSCODE_FAILED', flaw);
}

/** What keeps frames that are all there from being used; undefined when nothing does. */
export function flawOf({ moov, segments }: EncodedSample): string | undefined {
  const made = pictureHeaderOf(moov)?.codecs ?? 'something else';
  if (!fitsCodec(made, trialPicture.codecs)) {
    return `expected ${trialPicture.codecs}, it made ${made}`;
  }
  const samples = segments.flatMap((segment) => segment.samples);
  if (!samples.filter(({ isSync }) => isSync).every(hasParameterSets)) {
    return 'it does not repeat its parameter sets at key pictures';
  }
  const depth = Math.max(...segments.map((segment) => reorderDepth(segment.samples)));
  return depth > mostReordering ? `it reorders by ${depth} pictures` : undefined;
}
