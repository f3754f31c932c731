import { toSeconds, toTicks } from '../../../shared/time.js';
import { chooseBurnIn, withWords, type BurnIn } from './burned-subtitle.js';
import { maxCopiedBitRate } from './choose-picture.js';
import { confirmVariant } from './choose-variant.js';
import { confirmByPackets } from './confirm-copy.js';
import type { Choice } from './copyable.js';
import type { DescribedRendition } from './described-rendition.js';
import { describePictures } from './describe-pictures.js';
import { describeSounds } from './describe-sounds.js';
import { describeSubtitles } from './describe-subtitles.js';
import { describeVariantRungs, type MissingCodecs } from './describe-variant-rungs.js';
import type { Source, SourceStream } from '../source/inspect.js';
import type { LadderWish } from './ladder.js';
import type { Packet } from '../ffmpeg/raw-packets.js';
import { planSegments } from './boundaries.js';
import { refuseStandstill } from '../frames/standstill.js';
import { plainSound, type SoundWish } from './sound-wish.js';

/** Everything that was measured of a source. */
export interface MeasuredSource {
  readonly source: Source;
  readonly stream: SourceStream;
  /** What of the sound of the uploaded file cannot be read, for people. */
  readonly unread?: string | undefined;
  readonly packets: readonly Packet[];
  /**
   * Times of frames, ascending, in ticks from time zero: of all, or of key frames and the last ones where
   * the picture is copied and the rest need not be known.
   */
  readonly times: readonly number[];
  /** Frames a second. */
  readonly frameRate: number;
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
  /** Of the other codecs that are wanted, those that it cannot encode, and why. */
  readonly missingCodecs?: MissingCodecs;
}

export interface VideoPlan {
  readonly endTicks: number;
  /** Whether the sound ends with it. */
  readonly isSoundWhole: boolean;
  readonly boundaries: readonly number[];
  readonly renditions: readonly DescribedRendition[];
}

interface PlanWish {
  readonly targetTicks: number;
  readonly ladder: LadderWish;
  readonly sound?: SoundWish;
  /** Language (BCP 47) of the subtitles that are burned in, where there are such. */
  readonly burn?: string | undefined;
}

/**
 * The plan of a video: where its segments are and which renditions it gets, and why. Throws
 * UPLOAD_INVALID_FORMAT where its clock is broken.
 */
export function planVideo(
  measured: MeasuredSource,
  { targetTicks, ladder, sound = plainSound, burn }: PlanWish,
): VideoPlan {
  const { source, stream, packets, times, cuts } = measured;
  const endTicks = endOf(measured);
  const burnIn = burn === undefined ? undefined : chooseBurnIn(source, stream, burn);
  const facts = { packets, cuts, targetTicks, ends: [endTicks] };
  const choice = confirmByPackets(chooseWith(burnIn, measured.choice), {
    ...{ ...facts, cutName: 'IDR picture', maxBitRate: maxCopiedBitRate },
  });
  const wantedVariant = burnIn?.subtitle === undefined ? measured.variant : undefined;
  const variant = confirmVariant(wantedVariant, stream, facts);
  const boundaries = [choice, variant].some((each) => each?.method === 'copied')
    ? planSegments({ candidates: ascending(cuts), preferred: [], endTicks }, targetTicks)
    : planSegments({ candidates: times, preferred: keyTicks(packets), endTicks }, targetTicks);
  refuseStandstill(boundaries);
  const picture = { ...measured, choice, variant, boundaries };
  const besideLadder = describeVariantRungs(picture, ladder);
  const pictures = [...describePictures(picture, ladder), ...besideLadder.renditions];
  const missed = burnIn?.subtitle === undefined ? burnIn?.note : undefined;
  const lostSeconds = toSeconds(measured.soundEndTicks - endTicks);
  const isSoundWhole = lostSeconds < inaudibleSeconds;
  const cut = isSoundWhole ? '' : `without ${lostSeconds.toFixed(1)} s of sound behind the picture`;
  const note = [missed, measured.unread, cut, besideLadder.leftOut].filter(Boolean).join(', ');
  const renditions = [
    ...withNote(withWords(pictures, burnIn?.subtitle), note),
    ...describeSounds(source, toSeconds(endTicks), sound),
    ...describeSubtitles(source),
  ];
  return { endTicks, isSoundWhole, boundaries, renditions };
}

/** What words are burned into cannot be a copy. */
function chooseWith(burnIn: BurnIn | undefined, choice: Choice): Choice {
  if (burnIn?.subtitle === undefined) return choice;
  const reason = choice.method === 'copied' ? burnIn.note : `${choice.reason}, ${burnIn.note}`;
  return { method: 'encoded', reason };
}

/** The first says what is left out of all. */
function withNote(
  pictures: readonly DescribedRendition[],
  note: string,
): readonly DescribedRendition[] {
  if (note === '') return pictures;
  return pictures.map((each, n) => (n > 0 ? each : { ...each, reason: `${each.reason}, ${note}` }));
}

/** The end of the last frame. */
export function pictureEnd({
  packets,
  times,
  frameRate,
}: Pick<MeasuredSource, 'packets' | 'times' | 'frameRate'>): number {
  const last = times.at(-1) ?? 0;
  const duration = packets.findLast((packet) => packet.ticks === last)?.durationTicks ?? 0;
  return last + (duration > 0 ? duration : toTicks(1 / frameRate));
}

/** What padding encoders leave behind. */
const inaudibleSeconds = 0.2;

/** Of the picture, or of sound that goes on for up to a second after it. */
function endOf(measured: MeasuredSource): number {
  const picture = pictureEnd(measured);
  return Math.min(Math.max(picture, measured.soundEndTicks), picture + toTicks(1));
}

function keyTicks(packets: readonly Packet[]): number[] {
  return ascending(
    packets.flatMap(({ isKey, ticks }) => (isKey && ticks !== undefined ? [ticks] : [])),
  );
}

function ascending(values: Iterable<number>): number[] {
  return [...values].toSorted((a, b) => a - b);
}
