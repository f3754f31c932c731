import { isUniversal } from '../../shared/renditions.js';
import { notAmong } from './not-among.js';
import { pixels, type Picture, type Presentation } from './presentation.js';

/**
 * The pictures of a quality, largest first; who does not say what it wants gets what every player
 * takes. Throws NOT_FOUND with `availableQualities` for one that the video does not have.
 */
export function picturesOf({ pictures }: Presentation, quality: string | undefined): Picture[] {
  const ladder = pictures.toSorted((a, b) => pixels(b) - pixels(a));
  const wanted = ladder.filter(({ name, traits }) =>
    quality === undefined ? isUniversal(traits) : name === quality,
  );
  if (wanted.length > 0) return wanted;
  const availableQualities = ladder.map(({ name }) => name);
  throw notAmong('quality', availableQualities, quality, { availableQualities });
}

/**
 * The same with one quality alone, for players that would take the largest whatever it costs to make
 * it now. Throws as `picturesOf` does.
 */
export function inQuality(presentation: Presentation, quality: string | undefined): Presentation {
  if (quality === undefined) return presentation;
  return { ...presentation, pictures: picturesOf(presentation, quality) };
}
