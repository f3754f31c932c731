import { choosePictureByHeader } from '../media/choose-picture.js';
import { chooseVariantByHeader, copiedCodecOf } from '../media/choose-variant.js';
import { encoded } from '../media/copyable.js';
import { unreadSounds } from '../media/describe-sounds.js';
import { tryCodecs } from '../media/encoders/codec-trial.js';
import { refuseCutOff } from '../media/cut-off.js';
import { isCopyWanted, largestWanted, wantedCodecs, type LadderWish } from '../media/ladder.js';
import { shownSize } from '../media/shown-size.js';
import { soundEnd } from '../media/sound-end.js';
import type { Tools } from '../media/tool-pair.js';
import { pictureEnd, type MeasuredSource } from '../media/video-plan.js';
import { framesByIndex, framesByPackets, type FramesWish, type OpenedSource } from './frames.js';

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
  const { path, source, stream, original } = opened;
  const { canToneMap = false } = tools;
  const size = shownSize(stream);
  const choice = isCopyWanted(size, wish.ladder)
    ? choosePictureByHeader(stream, canToneMap)
    : encoded(`the source is larger than ${largestWanted(wish.ladder)}`);
  const isVariantWanted = isCopyWanted(size, wish.ladder, copiedCodecOf(stream));
  const variant = isVariantWanted ? chooseVariantByHeader(stream) : undefined;
  const choices = { choice, variant };
  const frames =
    (await framesByIndex(tools, opened, choices, wish, signal)) ??
    (await framesByPackets(tools, opened, choices, signal));
  await refuseCutOff(path, source, stream, frames.packets);
  const end = pictureEnd(frames);
  const soundEndTicks = await soundEnd(tools, { path, source }, end, signal);
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
