import { plainEncoder, type VariantCodec } from '../../../shared/resolutions.js';
import { codecNames } from './choose-picture.js';
import { copiedCodecOf } from '../frames/key-picture.js';
import type { Choice } from './copyable.js';
import { besides, describeRung, type EncodedPicture } from './describe-rung.js';
import type { DescribedRendition } from './described-rendition.js';
import { encodedRungs, wantedCodecs, type LadderWish } from './ladder.js';
import { shownSize } from '../source/shown-size.js';

/** Codecs that the ffmpeg at hand does not encode, and why. */
export type MissingCodecs = ReadonlyMap<VariantCodec, string>;

interface Wanted extends EncodedPicture {
  /** Of HEVC and AV1 as they are: a copy takes the place of the rung of its codec and size. */
  readonly variant: Choice | undefined;
  readonly missingCodecs?: MissingCodecs | undefined;
}

/**
 * The rungs that are wanted in HEVC or AV1, beside the ladder, largest first. What cannot be encoded here
 * is left out, for people in `leftOut`: what a setting wants of all episodes must not keep one from being
 * made.
 */
export function describeVariantRungs(
  picture: Wanted,
  wish: LadderWish,
): { readonly renditions: readonly DescribedRendition[]; readonly leftOut: string } {
  const { stream, variant, frameRate, missingCodecs = new Map<VariantCodec, string>() } = picture;
  const { encoder = plainEncoder } = wish;
  const rungs = wantedCodecs(wish).flatMap((codec) => {
    const copied = variant?.method === 'copied' && copiedCodecOf(stream) === codec;
    const made = encodedRungs(shownSize(stream), frameRate, { ...wish, copied, codec });
    return made.map((rung) => ({ ...rung, codec }));
  });
  return {
    renditions: rungs
      .filter(({ codec }) => !missingCodecs.has(codec))
      .map((rung) =>
        describeRung(
          picture,
          rung,
          encoder,
          `${codecNames[rung.codec]} on request${besides(encoder)}`,
        ),
      ),
    leftOut: [...missingCodecs]
      .map(([codec, why]) => [rungs.filter((rung) => rung.codec === codec), why] as const)
      .filter(([missing]) => missing.length > 0)
      .map(([missing, why]) => `no ${missing.map(({ name }) => name).join(', ')}: ${why}`)
      .join(', '),
  };
}
