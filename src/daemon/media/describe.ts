/**
 * From what a source is to the renditions that it gets: pure, everything measured comes in.
 */
import { toSeconds, toTicks } from '../../shared/time.js';
import type { AudioTraits, SubtitleTraits, VideoTraits } from '../../shared/renditions.js';
import { audioBitRate } from './arguments/audio.js';
import { bufferBits } from './arguments/encode.js';
import {
  aacLc,
  avcCodecString,
  avcHighCodecString,
  avcLevel,
  parseHexDump,
} from './codec-strings.js';
import { chooseSound, pixelAspect, rotation, type Choice } from './copyable.js';
import type { Source, SourceStream } from './inspect.js';
import { copiedRungName, encodedRungs, type LadderWish, type Size } from './ladder.js';
import { languageName, languageTag } from './language.js';
import type { Packet } from './packets.js';

export interface DescribedRendition {
  readonly name: string;
  readonly method: 'copied' | 'encoded';
  readonly reason: string;
  readonly traits: VideoTraits | AudioTraits | SubtitleTraits;
}

export interface Picture {
  readonly stream: SourceStream;
  readonly packets: readonly Packet[];
  readonly choice: Choice;
  readonly frameRate: number;
  readonly boundaries: readonly number[];
}

/** The picture as it is shown: upright, with square pixels. */
export function shownSize(stream: SourceStream): Size {
  const wide = Math.round((stream.width ?? 0) * (pixelAspect(stream) ?? 1));
  const height = stream.height ?? 0;
  return rotation(stream) % 180 === 0 ? { width: wide, height } : { width: height, height: wide };
}

/** The ladder of a picture: its copy, if it is copied, then the encoded rungs, largest first. */
export function describePictures(picture: Picture, wish: LadderWish): DescribedRendition[] {
  const { stream, choice, frameRate } = picture;
  const size = shownSize(stream);
  const copied = choice.method === 'copied';
  const { isCopyOnly = false } = wish;
  const possible = encodedRungs(size, frameRate, { ...wish, copied });
  // Something has to be played: the cheapest stands in for what cannot be copied.
  const wanted = isCopyOnly ? possible.slice(copied ? possible.length : -1) : possible;
  const rungs = wanted.map((rung): DescribedRendition => {
    const level = avcLevel(rung.width, rung.height, frameRate);
    const target = toSeconds(longest(picture.boundaries));
    return {
      name: rung.name,
      method: 'encoded',
      reason: reasonFor(choice, isCopyOnly),
      traits: {
        ...{ kind: 'video', stream: stream.index, width: rung.width, height: rung.height },
        ...{ frameRate, codecs: avcHighCodecString(level), maxBitRate: rung.maxBitRate },
        bandwidthBound: encodedBound(rung.maxBitRate, target),
        reorderTicks: toTicks(x264ReorderFrames / frameRate),
      },
    };
  });
  return copied ? [describeCopy(picture, size), ...rungs] : rungs;
}

function reasonFor({ method, reason }: Choice, isCopyOnly: boolean): string {
  if (method === 'copied') return 'smaller than the source';
  return isCopyOnly ? `cannot be copied (${reason}): the lowest alone` : reason;
}

function describeCopy(picture: Picture, size: Size): DescribedRendition {
  const { stream, choice, frameRate } = picture;
  return {
    name: copiedRungName(size),
    method: 'copied',
    reason: choice.reason,
    traits: {
      ...{ kind: 'video', stream: stream.index, ...size, frameRate, maxBitRate: 0 },
      codecs: avcCodecString(parseHexDump(stream.extradata ?? '')) ?? 'avc1.640028',
      bandwidthBound: copiedBound(picture.packets, picture.boundaries),
      reorderTicks: toTicks((stream.has_b_frames ?? 2) / frameRate),
    },
  };
}

/** Three B pictures in a pyramid, as x264's presets have it. */
const x264ReorderFrames = 2;

/** What the rate control can reach at most in a segment, and a tenth for boxes. */
function encodedBound(maxBitRate: number, segmentSeconds: number): number {
  const buffered = bufferBits(maxBitRate) / Math.max(1, segmentSeconds);
  return Math.round((maxBitRate + buffered) * 1.1);
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

function longest(boundaries: readonly number[]): number {
  return boundaries.reduce(
    (most, end, index) => Math.max(most, end - (boundaries[index - 1] ?? end)),
    0,
  );
}

/** Every audio track is a rendition; the first that is marked default (or the first) plays. */
export function describeSounds(source: Source, pictureSeconds: number): DescribedRendition[] {
  const streams = source.streams.filter(
    (stream) => stream.codec_type === 'audio' && (stream.channels ?? 0) > 0,
  );
  const standard = streams.find((stream) => stream.disposition['default'] === 1) ?? streams[0];
  const labels = distinctLabels(streams, 'Audio');
  return streams.map((stream, index) => {
    const { method, reason } = chooseSound(stream, pictureSeconds, source.format.start_time);
    const copied = method === 'copied';
    const sampleRate = stream.sample_rate === 44_100 ? 44_100 : 48_000;
    const bitRate = copied ? Math.max(stream.bit_rate ?? 0, 256_000) : audioBitRate;
    return {
      name: `audio-${index}`,
      ...{ method, reason },
      traits: {
        ...{ kind: 'audio', stream: stream.index, language: languageTag(stream.tags['language']) },
        ...{ label: labels[index] ?? '', isDefault: stream === standard, channels: 2, sampleRate },
        ...{ codecs: aacLc, bandwidthBound: Math.round(bitRate * 1.2) },
      },
    };
  });
}

const textSubtitles = new Set(['subrip', 'srt', 'ass', 'ssa', 'webvtt', 'mov_text', 'text']);

/** Every text subtitle track is a rendition; none is on by itself. */
export function describeSubtitles(source: Source): DescribedRendition[] {
  const streams = source.streams.filter(
    (stream) => stream.codec_type === 'subtitle' && textSubtitles.has(stream.codec_name ?? ''),
  );
  const labels = distinctLabels(streams, 'Subtitles');
  return streams.map((stream, index) => ({
    name: `subtitle-${index}`,
    method: 'encoded',
    reason: `${(stream.codec_name ?? '').toUpperCase()} as WebVTT`,
    traits: {
      ...{ kind: 'subtitle', stream: stream.index },
      ...{ language: languageTag(stream.tags['language']), label: labels[index] ?? '' },
      ...{ isDefault: false, isForced: stream.disposition['forced'] === 1 },
    },
  }));
}

/** What menus show: the track's title or its language's own name, numbered where two are equal. */
function distinctLabels(streams: readonly SourceStream[], otherwise: string): string[] {
  const plain = streams.map(
    (stream) =>
      stream.tags['title'] ?? languageName(languageTag(stream.tags['language'])) ?? otherwise,
  );
  return plain.map((label, index) => {
    const earlier = plain.slice(0, index).filter((other) => other === label).length;
    return earlier === 0 ? label : `${label} ${earlier + 1}`;
  });
}
