import { element } from '../element.js';
import { fullscreenButton } from './fullscreen.js';
import { playButton } from './play-button.js';
import { timeLabel } from './time-label.js';
import { volumeControl } from './volume.js';

/** The controls under the picture: the line of time, and `menus` before the button that fills the screen with `frame`. */
export function controlBar(
  frame: HTMLElement,
  video: HTMLVideoElement,
  seek: HTMLElement,
  menus: readonly HTMLElement[],
): HTMLElement {
  return element(
    'div',
    { class: 'control-bar' },
    seek,
    element(
      'div',
      { class: 'control-row' },
      playButton(video, 'row-play'),
      volumeControl(video),
      timeLabel(video),
      element('span', { class: 'control-space' }),
      ...menus,
      fullscreenButton(frame, video),
    ),
  );
}
