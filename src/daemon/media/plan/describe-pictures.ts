import type { VideoTraits } from '../../../shared/renditions.js';
import { plainEncoder } from '../../../shared/resolutions.js';
import { toSeconds, toTicks } from '../../../shared/time.js';
import { variantCodecString } from './choose-variant.js';
import { copiedCodecOf } from '../frames/key-picture.js';
import { avcCodecString } from '../codecs/codec-strings.js';
import { parseHexDump } from '../ffmpeg/hex-dump.js';
import { dynamicRange } from '../source/colors.js';
import type { Choice } from './copyable.js';
import { besides, describeRung } from './describe-rung.js';
import type { DescribedRendition } from './described-rendition.js';
import type { SourceStream } from '../source/inspect.js';
import { encodedRungs, isStandIn, ownRungName, type LadderWish } from './ladder.js';
import type { Packet } from '../ffmpeg/raw-packets.js';
import { shownSize, type Size } from '../source/shown-size.js';

export interface Picture {
  readonly stream: SourceStream;
  readonly packets: readonly Packet[];
  readonly choice: Choice;
  /** Of HEVC and AV1 as they are, by their packets. */
  readonly variant?: Choice | undefined;
  readonly frameRate: number;
  readonly boundaries: readonly number[];
  readonly canToneMap: boolean;
}

/**
 * The ladder of a picture: its copy, if it is copied, then the encoded rungs, largest first; then what it
 * is itself, where only some players take that.
 */
export function describePictures(picture: Picture, wish: LadderWish): DescribedRendition[] {
  const { stream, choice, frameRate } = picture;
  const size = shownSize(stream);
  const copied = choice.method === 'copied';
  const { isCopyOnly = false, encoder = plainEncoder } = wish;
  const possible = encodedRungs(size, frameRate, { ...wish, copied });
  // Something has to be played: the cheapest stands in for what cannot be copied.
  const wanted = isCopyOnly ? possible.slice(copied ? possible.length : -1) : possible;
  const rungs = wanted.map((rung, index) => {
    const standsIn = isStandIn(wish) ? ', the lowest for players that take nothing else' : '';
    const told = standsIn + besides(encoder) + (index === 0 ? whyNoVariant(picture) : '');
    return describeRung(picture, rung, encoder, reasonFor(picture, isCopyOnly) + told);
  });
  return [
    ...(copied ? [describeCopy(picture, wish)] : []),
    ...rungs,
    ...(picture.variant?.method === 'copied'
      ? [describeVariant(picture, picture.variant, wish)]
      : []),
  ];
}

function reasonFor({ choice, variant }: Picture, isCopyOnly: boolean): string {
  const { method, reason } = choice;
  if (method === 'copied') return 'smaller than the source';
  if (!isCopyOnly) return reason;
  return variant?.method === 'copied'
    ? `${reason}, which not all players take: the lowest for these`
    : `cannot be copied (${reason}): the lowest alone`;
}

/** Told once. */
function whyNoVariant({ variant }: Picture): string {
  return variant?.method === 'encoded' ? ` (not offered as it is: ${variant.reason})` : '';
}

function describeCopy(picture: Picture, wish: LadderWish): DescribedRendition {
  const { stream, choice, frameRate } = picture;
  const size: Size = shownSize(stream);
  const name = ownRungName(size, wish);
  return {
    name,
    method: 'copied',
    reason: choice.reason,
    traits: {
      ...{ kind: 'video', stream: stream.index, ...size, frameRate, maxBitRate: 0 },
      codecs: avcCodecString(parseHexDump(stream.extradata ?? '')) ?? 'avc1.640028',
      bandwidthBound: copiedBound(picture.packets, picture.boundaries),
      reorderTicks: reorderOf(stream, frameRate),
      encodedForm: encodedFormOf(picture, name, wish),
    },
  };
}

/** The rung that a copy stands for; null where nobody wants one of its size. */
function encodedFormOf(picture: Picture, name: string, wish: LadderWish): VideoTraits | null {
  const { stream, frameRate } = picture;
  const rungs = encodedRungs(shownSize(stream), frameRate, { ...wish, copied: false });
  const own = rungs.find((rung) => rung.name === name);
  if (own === undefined) return null;
  return describeRung(picture, own, wish.encoder ?? plainEncoder, '').traits;
}

/** Bit for bit the source, under a name that no resolution has. */
function describeVariant(
  picture: Picture,
  { reason }: Choice,
  wish: LadderWish,
): DescribedRendition {
  const { stream, packets, frameRate, boundaries } = picture;
  const size = shownSize(stream);
  const range = dynamicRange(stream);
  return {
    name: `${ownRungName(size, wish)}-${copiedCodecOf(stream) ?? 'copy'}`,
    method: 'copied',
    reason,
    traits: {
      ...{ kind: 'video', stream: stream.index, ...size, frameRate, maxBitRate: 0 },
      codecs: variantCodecString(stream) ?? '',
      bandwidthBound: copiedBound(packets, boundaries),
      // An index may not have the packet that is decoded longest before it is shown.
      reorderTicks: Math.max(reorderOf(stream, frameRate), reorderTicks(packets)),
      ...(range === 'SDR' ? {} : { videoRange: range }),
    },
  };
}

/** As its header says. */
function reorderOf({ has_b_frames: frames = 2 }: SourceStream, frameRate: number): number {
  return toTicks(frames / frameRate);
}

/** By how much a picture is decoded before the place that it has among those shown. */
function reorderTicks(packets: readonly Packet[]): number {
  const decoded = packets.map(({ ticks = 0 }) => ticks);
  const shown = decoded.toSorted((a, b) => a - b);
  return decoded.reduce((most, ticks, index) => Math.max(most, (shown[index] ?? 0) - ticks), 0);
}

/** The highest bit rate of a segment, from the sizes of the packets; 2 % for boxes. */
function copiedBound(packets: readonly Packet[], boundaries: readonly number[]): number {
  const bytes: number[] = boundaries.slice(1).map(() => 0);
  let number = 0;
  for (const packet of packets) {
    while (number + 2 < boundaries.length && (packet.ticks ?? 0) >= (boundaries[number + 1] ?? 0)) {
      number += 1;
    }
    bytes[number] = (bytes[number] ?? 0) + packet.sizeBytes;
  }
  const rates = bytes.map((size, index) => {
    const [from = 0, to = 0] = boundaries.slice(index, index + 2);
    return (size * 8) / toSeconds(to - from);
  });
  return Math.round(rates.reduce((most, rate) => Math.max(most, rate), 0) * 1.02);
}
