import { choosePictureByHeader } from '../media/plan/choose-picture.js';
import { chooseVariantByHeader } from '../media/plan/choose-variant.js';
import { copiedCodecOf } from '../media/frames/key-picture.js';
import { encoded } from '../media/plan/copyable.js';
import { unreadSounds } from '../media/plan/describe-sounds.js';
import { tryCodecs } from '../media/encoders/codec-trial.js';
import { refuseCutOff } from '../media/source/cut-off.js';
import {
  isCopyWanted,
  largestWanted,
  wantedCodecs,
  type LadderWish,
} from '../media/plan/ladder.js';
import { shownSize } from '../media/source/shown-size.js';
import { declaredPictureEnd, declaredSoundEnd, soundEnd } from '../media/plan/sound-end.js';
import type { Tools } from '../media/ffmpeg/tool-pair.js';
import { pictureEnd, type MeasuredSource } from '../media/plan/video-plan.js';
import {
  framesByIndex,
  framesByPackets,
  type Frames,
  type FramesWish,
  type HeaderChoices,
  type OpenedSource,
} from './frames.js';

interface Wish extends FramesWish {
  readonly ladder: LadderWish;
}

/** Everything that the plan of a source is made of. Throws UPLOAD_INVALID_FORMAT when it is cut off. */
export async function measure(
  tools: Tools,
  opened: OpenedSource,
  wish: Wish,
  signal: AbortSignal,
): Promise<MeasuredSource> {
  const { source, stream, original } = opened;
  const { canToneMap = false } = tools;
  const size = shownSize(stream);
  const choice = isCopyWanted(size, wish.ladder)
    ? choosePictureByHeader(stream, canToneMap)
    : encoded(`the source is larger than ${largestWanted(wish.ladder)}`);
  const isVariantWanted = isCopyWanted(size, wish.ladder, copiedCodecOf(stream));
  const variant = isVariantWanted ? chooseVariantByHeader(stream) : undefined;
  const choices = { choice, variant };
  const { frames, soundEndTicks } = await framesAndSoundEnd(tools, opened, choices, wish, signal);
  const tried = await tryCodecs(tools, wantedCodecs(wish.ladder));
  const missingCodecs = new Map(
    tried.flatMap((each) => (each.reason === '' ? [] : [[each.codec, each.reason]])),
  );
  const unread = unreadSounds(original);
  return {
    source,
    stream,
    unread,
    ...frames,
    soundEndTicks,
    ...choices,
    canToneMap,
    missingCodecs,
  };
}

/**
 * The end of the sound is looked for while the frames are: from where the header has the picture end. An MP4 whose
 * table of the picture turned out to be right is taken at its word for the sound, too.
 */
async function framesAndSoundEnd(
  tools: Tools,
  opened: OpenedSource,
  choices: HeaderChoices,
  wish: FramesWish,
  signal: AbortSignal,
): Promise<{ readonly frames: Frames; readonly soundEndTicks: number }> {
  const { path, source, stream, earlyTable } = opened;
  const given = new AbortController();
  const endFrom = (ticks: number, stopped: AbortSignal) =>
    soundEnd(tools, { path, source }, ticks, stopped);
  const declared = declaredPictureEnd(source, stream);
  const tabled = (await earlyTable)?.table && declaredSoundEnd(source);
  const early =
    tabled === undefined && declared > 0
      ? endFrom(declared, AbortSignal.any([signal, given.signal]))
      : undefined;
  // It fails where it is waited for.
  early?.catch(() => undefined);
  try {
    const indexed = await framesByIndex(tools, opened, choices, wish, signal);
    const frames = indexed ?? (await framesByPackets(tools, opened, choices, signal));
    await refuseCutOff(path, source, stream, frames.packets);
    if (indexed !== undefined && tabled !== undefined) return { frames, soundEndTicks: tabled };
    const end = pictureEnd(frames);
    const isInTime = early !== undefined && declared <= end;
    return { frames, soundEndTicks: await (isInTime ? early : endFrom(end, signal)) };
  } finally {
    given.abort();
  }
}
