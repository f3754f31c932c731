import { chooseTracks } from '../../../shared/track-choice.js';
import type { Rendition } from '../../store/renditions.js';
import { notAmong } from '../not-among.js';
import { soundsInOrder, type Picture, type Presentation, type Sound } from '../presentation.js';
import { picturesOf } from '../quality.js';

/** What somebody wants in an MP4. */
export interface Mp4Wish {
  /** Name of a picture; undefined: the best H.264 that is complete. */
  readonly quality?: string | undefined;
  /** As `chooseTracks` reads it; undefined: the sound that plays first. */
  readonly audio?: string | undefined;
}

/** What an MP4 of one quality is put together from. */
export interface Mp4Choice {
  readonly picture: Picture;
  /** The one that plays first stands first. */
  readonly sounds: readonly Sound[];
}

/**
 * What of a presentation fits a wish; undefined while that is not complete. Throws NOT_FOUND with
 * `availableQualities` or `availableAudio` for what the video does not have.
 */
export function chooseMp4(
  presentation: Presentation,
  wish: Mp4Wish,
  isComplete: (rendition: Rendition) => boolean,
): Mp4Choice | undefined {
  const pictures = picturesOf(presentation, wish.quality);
  const sounds = soundsOf(presentation, wish.audio);
  const picture = pictures.find(isComplete);
  if (picture === undefined || !sounds.every(isComplete)) return undefined;
  return { picture, sounds };
}

/** What is made when the one that is wanted is nowhere complete: without a quality, the soonest made. */
export function soonestPicture(
  presentation: Presentation,
  quality: string | undefined,
): Picture | undefined {
  return picturesOf(presentation, quality).at(-1);
}

function soundsOf(presentation: Presentation, wanted: string | undefined) {
  const sounds = soundsInOrder(presentation);
  if (wanted === undefined) return sounds.slice(0, 1);
  const named = sounds.map((sound) => ({
    ...{ name: sound.name, language: sound.traits.language, sound },
  }));
  const choice = chooseTracks(named, wanted);
  if ('tracks' in choice) return choice.tracks.map(({ sound }) => sound);
  const availableAudio = [...new Set(named.map(({ language }) => language))];
  throw notAmong('audio', availableAudio, choice.unknown, { availableAudio });
}
