import { KdramaError } from '../../shared/errors.js';
import { isUniversal } from '../../shared/renditions.js';
import type { Rendition } from '../store/renditions.js';
import { defaultOf, pixels, type Picture, type Presentation, type Sound } from './presentation.js';

/** What an MP4 of one quality is put together from. */
export interface Mp4Choice {
  readonly picture: Picture;
  readonly sound: Sound | undefined;
}

/**
 * The picture of the wanted quality (or, without one, the best complete picture) with the default
 * sound; undefined while that is not complete. Throws NOT_FOUND with `availableQualities` for a
 * quality outside the ladder.
 */
export function chooseMp4(
  presentation: Presentation,
  quality: string | undefined,
  isComplete: (rendition: Rendition) => boolean,
): Mp4Choice | undefined {
  const wanted = wantedOf(presentation, quality);
  const sound = defaultOf(presentation.sounds);
  const picture = wanted.find(isComplete);
  if (picture === undefined || (sound !== undefined && !isComplete(sound))) return undefined;
  return { picture, sound };
}

/** What is made when the one that is wanted is nowhere complete: without a quality, the soonest made. */
export function soonestPicture(
  presentation: Presentation,
  quality: string | undefined,
): Picture | undefined {
  return wantedOf(presentation, quality).at(-1);
}

/** Largest first. Who does not say what it wants gets what every player takes. */
function wantedOf({ pictures }: Presentation, quality: string | undefined): Picture[] {
  const ladder = pictures.toSorted((a, b) => pixels(b) - pixels(a));
  const wanted = ladder.filter(({ name, traits }) =>
    quality === undefined ? isUniversal(traits) : name === quality,
  );
  if (wanted.length === 0) throw outsideLadder(ladder, quality);
  return wanted;
}

function outsideLadder(ladder: readonly Picture[], quality: string | undefined): KdramaError {
  const availableQualities = ladder.map(({ name }) => name);
  const detail = `expected quality to be one of ${availableQualities.join(', ')}, got ${quality}`;
  return new KdramaError('NOT_FOUND', detail, {
    hint: 'Ask for one of these, or leave the quality out for the best that is there.',
    details: { availableQualities },
  });
}
