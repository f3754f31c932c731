import type { VideoView } from '../../shared/contract/index.js';
import { icon } from '../controls/icon.js';
import { element, setText } from '../element.js';
import { fullName } from '../library/episode-name.js';
import { videoState } from '../library/video-state.js';
import { libraryHash } from '../route.js';

export interface TitleBar {
  readonly element: HTMLElement;
  show(video: VideoView): void;
}

/** The way back, what is played, and how far it is made while it is being made. */
export function titleBar(): TitleBar {
  const back = element('a', { class: 'control', href: libraryHash, 'aria-label': 'Library' });
  back.append(icon('back'));
  const heading = element('span', { class: 'title-heading' });
  const detail = element('span', { class: 'title-detail' });
  const state = element('span', { class: 'title-state' });
  return {
    element: element(
      'div',
      { class: 'title-bar' },
      back,
      element('div', { class: 'title-names' }, heading, detail),
      state,
    ),
    show(video) {
      const names = fullName(video);
      setText(heading, names.heading);
      setText(detail, names.detail);
      setText(state, videoState({ ...video, playable: false }).sentence);
    },
  };
}
