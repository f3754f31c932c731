import { toSeconds, toTicks } from '../../shared/time.js';
import { maxCopiedBitRate } from './choose-picture.js';
import { confirmVariant } from './choose-variant.js';
import { confirmByPackets } from './confirm-copy.js';
import type { Choice } from './copyable.js';
import type { DescribedRendition } from './described-rendition.js';
import { describePictures } from './describe-pictures.js';
import { describeSounds } from './describe-sounds.js';
import { describeSubtitles } from './describe-subtitles.js';
import { frameRateOf } from './frame-rate.js';
import type { Source, SourceStream } from './inspect.js';
import type { LadderWish } from './ladder.js';
import type { Packet } from './packets.js';
import { planSegments } from './plan.js';
import { plainSound, type SoundWish } from './sound-wish.js';

/** Everything that was measured of a source. */
export interface MeasuredSource {
  readonly source: Source;
  readonly stream: SourceStream;
  readonly packets: readonly Packet[];
  /** Times of all frames, ascending, in ticks from time zero. */
  readonly times: readonly number[];
  /** In ticks from time zero; 0 without sound. */
  readonly soundEndTicks: number;
  /** Times at which a picture that may be copied can be cut; empty otherwise. */
  readonly cuts: ReadonlySet<number>;
  /** What the headers alone say. */
  readonly choice: Choice;
  /** The same of HEVC and AV1 as they are, for players that take them; undefined for other codecs. */
  readonly variant?: Choice | undefined;
  /** Whether the ffmpeg at hand can bring HDR down to SDR. */
  readonly canToneMap: boolean;
}

export interface VideoPlan {
  readonly endTicks: number;
  readonly boundaries: readonly number[];
  readonly renditions: readonly DescribedRendition[];
}

interface PlanWish {
  readonly targetTicks: number;
  readonly ladder: LadderWish;
  readonly sound?: SoundWish;
}

/** The plan of a video: where its segments are and which renditions it gets, and why. */
export function planVideo(
  measured: MeasuredSource,
  { targetTicks, ladder, sound = plainSound }: PlanWish,
): VideoPlan {
  const { source, stream, packets, times, cuts, canToneMap } = measured;
  const frameRate = frameRateOf(stream, times);
  const endTicks = endOf(measured);
  const facts = { packets, cuts, targetTicks, endTicks };
  const choice = confirmByPackets(measured.choice, {
    ...{ ...facts, cutName: 'IDR picture', maxBitRate: maxCopiedBitRate },
  });
  const variant = confirmVariant(measured.variant, stream, facts);
  const boundaries = [choice, variant].some((each) => each?.method === 'copied')
    ? planSegments({ candidates: ascending(cuts), preferred: [], endTicks }, targetTicks)
    : planSegments({ candidates: times, preferred: keyTicks(packets), endTicks }, targetTicks);
  const picture = { stream, packets, choice, variant, frameRate, boundaries, canToneMap };
  const renditions = [
    ...describePictures(picture, ladder),
    ...describeSounds(source, toSeconds(endTicks), sound),
    ...describeSubtitles(source),
  ];
  return { endTicks, boundaries, renditions };
}

/** The end of the last frame. */
export function pictureEnd(
  stream: SourceStream,
  packets: readonly Packet[],
  times: readonly number[],
): number {
  const last = times.at(-1) ?? 0;
  const duration = packets.findLast((packet) => packet.ticks === last)?.durationTicks ?? 0;
  return last + (duration > 0 ? duration : toTicks(1 / frameRateOf(stream, times)));
}

/** Of the picture, or of sound that goes on for up to a second after it. */
function endOf({ stream, packets, times, soundEndTicks }: MeasuredSource): number {
  const picture = pictureEnd(stream, packets, times);
  return Math.min(Math.max(picture, soundEndTicks), picture + toTicks(1));
}

function keyTicks(packets: readonly Packet[]): number[] {
  return ascending(
    packets.flatMap(({ isKey, ticks }) => (isKey && ticks !== undefined ? [ticks] : [])),
  );
}

function ascending(values: Iterable<number>): number[] {
  return [...values].toSorted((a, b) => a - b);
}
