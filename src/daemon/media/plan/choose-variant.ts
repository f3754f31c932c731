/**
 * Whether a picture that has to be encoded for most players is offered as it is, too, to those that take
 * it: HEVC and AV1. Pure.
 */
import { hevcCodecString } from '../codecs/hevc-codec-string.js';
import { av1CodecString } from '../codecs/av1-codec-string.js';
import { codecNames, maxCopiedBitRate, shapeObstacles } from './choose-picture.js';
import { parseHexDump } from '../ffmpeg/hex-dump.js';
import { dynamicRange } from '../source/colors.js';
import { confirmByPackets, type CopyFacts } from './confirm-copy.js';
import { encoded, type Choice } from './copyable.js';
import { setsOfConfiguration } from '../fmp4/hevc-samples.js';
import type { SourceStream } from '../source/inspect.js';
import { copiedCodecOf, type CopiedCodec } from '../frames/key-picture.js';
import { shownSize } from '../source/shown-size.js';

const profiles: Readonly<Record<CopiedCodec, readonly string[]>> = {
  hevc: ['Main', 'Main 10'],
  av1: ['Main'],
};
const pixelFormats = ['yuv420p', 'yuvj420p', 'yuv420p10le'];

/** From the headers alone; undefined where the picture is of no such codec. */
export function chooseVariantByHeader(stream: SourceStream): Choice | undefined {
  const codec = copiedCodecOf(stream);
  if (codec === undefined) return undefined;
  const { profile = '', pix_fmt = '' } = stream;
  const name = `${codecNames[codec]} ${profile}`.trim();
  if (!profiles[codec].includes(profile) || !pixelFormats.includes(pix_fmt)) {
    return encoded(`${name}, ${pix_fmt || 'unknown pixel format'}`);
  }
  const obstacles = [...shapeObstacles(stream), ...visionObstacles(stream)];
  if (variantCodecString(stream) === undefined) obstacles.push('no parameter sets in the header');
  if (obstacles.length > 0) return encoded(obstacles.join(', '));
  const range = { SDR: '', PQ: ', HDR10', HLG: ', HLG' }[dynamicRange(stream)];
  return { method: 'copied', reason: name + range };
}

/** What its playlist calls it; undefined where its header does not say enough to play it. */
export function variantCodecString(stream: SourceStream): string | undefined {
  const configuration = parseHexDump(stream.extradata ?? '');
  if (copiedCodecOf(stream) === 'av1') return av1CodecString(configuration, dynamicRange(stream));
  return setsOfConfiguration(configuration) && hevcCodecString(configuration);
}

/**
 * Dolby Vision plays without its own data where what is left is HDR10 (8.1) or HLG (8.4); of profile 5
 * the colours are wrong then, profile 7 has a second layer in between.
 */
function visionObstacles({ side_data_list }: SourceStream): string[] {
  const vision = side_data_list.find(({ dv_profile }) => dv_profile !== undefined);
  if (vision?.dv_profile === undefined) return [];
  const { dv_profile: profile, dv_bl_signal_compatibility_id: base = 0 } = vision;
  return profile === 8 && [1, 4].includes(base) ? [] : [`Dolby Vision profile ${profile}.${base}`];
}

/** As for a copied H.264; larger pictures are for televisions, whose players and networks take more. */
function maxBitRate(stream: SourceStream): number {
  const { width, height } = shownSize(stream);
  return width * height > 1920 * 1088 ? 2 * maxCopiedBitRate : maxCopiedBitRate;
}

/** The header's choice, confirmed by the packets; undefined where the header says enough against it. */
export function confirmVariant(
  choice: Choice | undefined,
  stream: SourceStream,
  facts: Omit<CopyFacts, 'cutName' | 'maxBitRate'>,
): Choice | undefined {
  if (choice?.method !== 'copied') return undefined;
  const times = facts.packets.map(({ ticks }) => ticks);
  // Each frame has to be found once: a copy holds those that no player shows, too.
  if (new Set(times).size < times.length) return encoded('time stamps twice');
  if (times.some((ticks = 0) => ticks < 0)) return encoded('begins with frames that are not shown');
  return confirmByPackets(choice, {
    ...{ ...facts, cutName: 'independent key picture', maxBitRate: maxBitRate(stream) },
  });
}
