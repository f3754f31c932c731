import { ticksPerSecond } from '../../shared/time.js';
import { maxCopiedBitRate } from '../media/plan/choose-picture.js';
import { confirmVariant } from '../media/plan/choose-variant.js';
import { copiedCodecOf } from '../media/frames/key-picture.js';
import { parseHexDump } from '../media/ffmpeg/hex-dump.js';
import { confirmByPackets } from '../media/plan/confirm-copy.js';
import type { Choice } from '../media/plan/copyable.js';
import { cutTicks } from '../media/frames/cut-ticks.js';
import { frameRateOf, timesOfFrames } from '../media/frames/frame-rate.js';
import { frameTicks, listShownTicks } from '../media/frames/frame-times.js';
import {
  indexedFromBytes,
  indexedPicture,
  type IndexedPicture,
} from '../media/frames/indexed-picture.js';
import type { Source, SourceStream } from '../media/source/inspect.js';
import { listKeyPictures } from '../media/frames/key-pictures.js';
import { listIdrTicks, listPackets } from '../media/frames/packets.js';
import type { PictureFile } from '../media/frames/picture-file.js';
import type { Packet } from '../media/ffmpeg/raw-packets.js';
import type { Tools } from '../media/ffmpeg/tool-pair.js';
import { pictureEnd, type MeasuredSource } from '../media/plan/video-plan.js';

export interface OpenedSource extends Pick<
  PictureFile,
  'path' | 'source' | 'stream' | 'earlyTable'
> {
  /** The programme that was uploaded: an index of its own leaves some of it out. */
  readonly original: Source;
}

/** What the header says can be done with the picture. */
export type HeaderChoices = Pick<MeasuredSource, 'choice' | 'variant'>;
/** Where its frames are, and where it can be cut. */
export type Frames = Pick<MeasuredSource, 'packets' | 'times' | 'frameRate' | 'cuts'>;

export interface FramesWish {
  readonly targetTicks: number;
  readonly burn?: string | undefined;
}

/** undefined where the container's index does not tell enough. */
export async function framesByIndex(
  tools: Tools,
  { path, source, stream, earlyTable }: OpenedSource,
  { choice, variant }: HeaderChoices,
  { targetTicks, burn }: FramesWish,
  signal: AbortSignal,
): Promise<Frames | undefined> {
  if (source.format.size < indexedFromBytes) return undefined;
  const file = { tools, path, source, stream, signal, earlyTable };
  // Words that are burned in make it an encode after all, which needs the time of every frame.
  const allTimes = choice.method === 'encoded' || burn !== undefined;
  const keyPictures = [choice, variant].some((each) => each?.method === 'copied');
  const indexed = await indexedPicture(file, { allTimes, keyPictures });
  if (indexed === undefined) return undefined;
  const { packets, times, frameRate } = indexed;
  const frames = { packets, times, frameRate };
  if (choice.method === 'copied') {
    const cut = { ...frames, cuts: closedTicks(indexed) };
    return isCopied(choice, cut, targetTicks) ? cut : undefined;
  }
  if (variant?.method !== 'copied') return { ...frames, cuts: new Set() };
  const cuts = cutTicks(packets, indexed.keyPictures);
  if (cuts.size === 0) return undefined;
  const cut = { ...frames, cuts };
  const isTold = indexed.isComplete || isVariantTold({ variant, stream }, cut, targetTicks);
  return isTold ? cut : undefined;
}

/** Of IDR pictures. */
function closedTicks({ keys, keyPictures }: IndexedPicture): ReadonlySet<number> {
  const closed = keys.filter((_, index) => keyPictures[index] === 'closed');
  return new Set(closed.flatMap(({ ticks }) => ticks ?? []));
}

/** Whether it is offered as it is, whatever of the bytes are those of sound, which cues do not tell apart. */
function isVariantTold(
  { variant, stream }: Pick<HeaderChoices, 'variant'> & Pick<OpenedSource, 'stream'>,
  frames: Frames,
  targetTicks: number,
): boolean {
  const isOffered = (packets: Frames['packets']) => (endTicks: number) => {
    const facts = { packets, cuts: frames.cuts, targetTicks, ends: [endTicks] };
    return confirmVariant(variant, stream, facts)?.method === 'copied';
  };
  const ends = endsOf(frames);
  const weightless = frames.packets.map((packet) => ({ ...packet, sizeBytes: 0 }));
  return ends.every(isOffered(frames.packets)) || !ends.some(isOffered(weightless));
}

/** Of its picture, and where sound goes on for a second. */
function endsOf(frames: Frames): number[] {
  const end = pictureEnd(frames);
  return [end, end + ticksPerSecond];
}

/**
 * An index may know less of where a copy can be cut than the packets: it only has to be enough, also where
 * sound goes on for a second.
 */
function isCopied(choice: Choice, frames: Frames, targetTicks: number): boolean {
  const { packets, cuts } = frames;
  const limits = { cutName: 'IDR picture', maxBitRate: maxCopiedBitRate, targetTicks };
  const facts = { packets, cuts, ...limits, ends: endsOf(frames) };
  return confirmByPackets(choice, facts).method === 'copied';
}

/** By reading all of the source. */
export async function framesByPackets(
  tools: Tools,
  { path, stream }: OpenedSource,
  choices: HeaderChoices,
  signal: AbortSignal,
): Promise<Frames> {
  const listing = listPackets(tools, path, stream.index, signal);
  const [packets, cuts] = await Promise.all([
    listing,
    choices.choice.method === 'copied'
      ? listIdrTicks(tools, path, stream.index, signal)
      : variantCuts(tools, { path, stream, listing }, choices, signal),
  ]);
  const shown = { tools, path, stream: stream.index, signal };
  const listed = frameTicks(packets, [-Infinity, Infinity]);
  const times =
    listed === undefined
      ? await listShownTicks(shown, [0, Infinity])
      : timesOfFrames(stream, listed);
  return { packets, times, frameRate: frameRateOf(stream, times), cuts };
}

interface KeyedSource {
  readonly path: string;
  readonly stream: SourceStream;
  readonly listing: Promise<readonly Packet[]>;
}

/** Where HEVC or AV1 as it is could be cut; empty where it is not to be offered. */
async function variantCuts(
  tools: Tools,
  { path, stream, listing }: KeyedSource,
  { variant }: HeaderChoices,
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  const codec = copiedCodecOf(stream);
  if (variant?.method !== 'copied' || codec === undefined) return new Set();
  const configuration = parseHexDump(stream.extradata ?? '');
  const keyed = { path, index: stream.index, codec, configuration };
  const [packets, keys] = await Promise.all([listing, listKeyPictures(tools, keyed, signal)]);
  return cutTicks(packets, keys);
}
