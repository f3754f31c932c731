import { jobSettings, type JobSettings } from '../../../shared/contract/index.js';
import { isUniversal, variantCodecOf, type VideoTraits } from '../../../shared/renditions.js';
import {
  fullName,
  linesOf,
  plainEncoder,
  variantCodecs,
  type VariantCodec,
} from '../../../shared/resolutions.js';
import { encodedRungs, isCopyWanted } from '../../media/plan/ladder.js';
import type { Size } from '../../media/source/shown-size.js';
import type { Rendition } from '../../store/renditions.js';
import type { Store } from '../../store/store.js';
import { ladderWish, wantedRungs, type PictureWish } from '../states/picture-wish.js';

export type WholePicture = Pick<Rendition<VideoTraits>, 'name' | 'method' | 'traits'>;

const { topRendition: unlimited } = jobSettings.parse({});

/**
 * Pure: what is asked for and is so anyway is not asked for, so that the settings are those of the job
 * that is there. `whole`: the pictures of the video's plan that nothing limited, the largest first;
 * undefined while there is none, and what the daemon does by itself counts.
 */
export function withoutIdleWishes(
  asked: JobSettings,
  whole: readonly WholePicture[] | undefined,
  usual: PictureWish,
): JobSettings {
  const settings = withoutIdleEncoder(asked, whole, usual);
  const areIdle =
    whole === undefined ? areUsual(settings, usual) : isPartOf(whole, settings, usual);
  return withoutIdleTop(areIdle ? { ...settings, rungs: undefined } : settings, whole?.[0]?.name);
}

/** The pictures of a video's plan that nothing limited, the largest first; undefined without one. */
export function wholePictures(
  { jobs, renditions }: Pick<Store, 'jobs' | 'renditions'>,
  videoId: string,
): WholePicture[] | undefined {
  const job = jobs
    .ofVideo(videoId)
    .find(({ planId, settings }) => planId !== null && isWhole(settings));
  if (job === undefined || job.planId === null) return undefined;
  return renditions
    .ofPlan(job.planId)
    .flatMap(({ traits, ...row }) => (traits.kind === 'video' ? [{ ...row, traits }] : []))
    .toSorted((a, b) => linesOf(b.name) - linesOf(a.name));
}

/** A ladder of copies may leave the source's own rung out, burned words the copy. */
function isWhole(settings: JobSettings): boolean {
  const { ladder, burnSubtitles } = settings;
  return ladder !== 'copy' && burnSubtitles === undefined && !isLimited(settings);
}

/** Whether settings ask for something else than all there is. */
export function isLimited({ topRendition, rungs, crf, preset }: Partial<JobSettings>): boolean {
  const isOpen = rungs === undefined && crf === undefined && preset === undefined;
  return !isOpen || (topRendition ?? unlimited) !== unlimited;
}

/** A top that the source does not exceed. `largest`: the name of the largest picture of all. */
function withoutIdleTop(settings: JobSettings, largest: string | undefined): JobSettings {
  const isIdle =
    settings.rungs === undefined &&
    largest !== undefined &&
    linesOf(largest) <= linesOf(settings.topRendition);
  return isIdle ? { ...settings, topRendition: unlimited } : settings;
}

function withoutIdleEncoder(
  { crf, preset, ...others }: JobSettings,
  whole: readonly WholePicture[] | undefined,
  usual: PictureWish,
): JobSettings {
  const encoded = whole?.find(({ method }) => method === 'encoded');
  const there = encoded === undefined ? usual.encoder : (encoded.traits.encoder ?? plainEncoder);
  return {
    ...others,
    ...(crf !== undefined && crf !== there.crf && { crf }),
    ...(preset !== undefined && preset !== there.preset && { preset }),
  };
}

/** Whether the rungs that are asked for are all of the daemon's up to their top. */
function areUsual({ rungs, topRendition }: JobSettings, usual: PictureWish): boolean {
  const under = usual.rungs.filter(({ name }) => linesOf(name) <= linesOf(topRendition));
  const asked = rungs === undefined ? [] : wantedRungs(rungs);
  return (
    asked.length === under.length &&
    asked.every((rung, index) => {
      const its = under[index];
      if (its === undefined || fullName(rung) !== fullName(its)) return false;
      return (rung.maxBitRate ?? its.maxBitRate) === its.maxBitRate;
    })
  );
}

/** Whether the rungs that are asked for come out as those pictures that are not above their top. */
function isPartOf(
  whole: readonly WholePicture[],
  settings: JobSettings,
  usual: PictureWish,
): boolean {
  const { rungs, topRendition } = settings;
  const size = sourceSizeOf(whole, topRendition);
  if (rungs === undefined || size === undefined) return false;
  const wish = ladderWish(settings, usual);
  // A copy that is offered beside the ladder takes the place of none of it.
  const isOfLadder = ({ method, traits }: WholePicture) =>
    method === 'encoded' || isUniversal(traits);
  const under = whole.filter(
    (each) => isOfLadder(each) && linesOf(each.name) <= linesOf(topRendition),
  );
  const copy = under.find(({ method }) => method === 'copied');
  const copied = copy !== undefined && isCopyWanted(size, wish);
  const frameRate = whole[0]?.traits.frameRate ?? 0;
  const made = [
    ...encodedRungs(size, frameRate, { ...wish, copied }),
    ...variantCodecs.flatMap((codec) =>
      encodedRungs(size, frameRate, { ...wish, copied: isCopiedIn(codec, whole), codec }),
    ),
  ];
  const ceilings = new Map(wantedRungs(rungs).map((rung) => [fullName(rung), rung.maxBitRate]));
  return (
    made.length + (copied ? 1 : 0) === under.length &&
    made.every(({ name, maxBitRate }) => {
      const its = under.find((each) => each.name === name && each.method === 'encoded');
      // A ceiling that nobody names is the one that is there.
      return ceilings.get(name) === undefined
        ? its !== undefined
        : its?.traits.maxBitRate === maxBitRate;
    })
  );
}

function isCopiedIn(codec: VariantCodec, whole: readonly WholePicture[]): boolean {
  return whole.some(
    ({ method, traits }) => method === 'copied' && variantCodecOf(traits) === codec,
  );
}

/** Plans of before it was noted: at least the largest picture, which tells of nothing above it. */
function sourceSizeOf(whole: readonly WholePicture[], top: string): Size | undefined {
  const copy = whole.find(({ method }) => method === 'copied');
  const noted = copy?.traits ?? whole.find(({ traits }) => traits.sourceSize)?.traits.sourceSize;
  const [largest] = whole;
  if (noted !== undefined || largest === undefined) return noted;
  return linesOf(top) > linesOf(largest.name) ? undefined : largest.traits;
}
