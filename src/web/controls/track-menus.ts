import type { Playback, PlaybackState } from '../player/playback.js';
import { icon } from './icon.js';
import { Menu } from './menu.js';
import { audioItems, qualityItems, subtitleItems } from './track-items.js';

export interface TrackMenus {
  readonly elements: readonly HTMLElement[];
  readonly isOpen: boolean;
  show(state: PlaybackState): void;
}

type Choices = Pick<Playback, 'selectAudio' | 'selectQuality' | 'selectSubtitle'>;

/** Sound, subtitles and quality: each is there only where there is something to choose. */
export function trackMenus(choices: Choices): TrackMenus {
  const audio = new Menu('Sound', icon('sound'), (index) => choices.selectAudio(index));
  const subtitles = new Menu('Subtitles', icon('subtitles'), (index) =>
    choices.selectSubtitle(offFirst(index)),
  );
  const quality = new Menu('Quality', 'Auto', (index) => choices.selectQuality(offFirst(index)));
  const menus = [audio, subtitles, quality];
  return {
    elements: menus.map((menu) => menu.element),
    get isOpen() {
      return menus.some((menu) => menu.isOpen);
    },
    show(state) {
      audio.show(audioItems(state));
      subtitles.show(subtitleItems(state));
      subtitles.element.classList.toggle('is-on', state.subtitle !== null);
      quality.show(qualityItems(state), qualityFace(state));
    },
  };
}

/** `Off` and `Auto` stand before the list that they choose nothing of. */
function offFirst(index: number): number | null {
  return index === 0 ? null : index - 1;
}

/** What was asked for, at once; else what is on the screen. */
function qualityFace({ qualities, quality, shownQuality }: PlaybackState): string {
  return qualities[quality ?? shownQuality ?? -1] ?? 'Auto';
}
