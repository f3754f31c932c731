import { toggleFullscreen } from '../controls/fullscreen.js';
import { togglePlay } from '../controls/play-button.js';
import type { Idle } from './idle.js';

/** A click on the picture plays or pauses, two fill the screen; a tap shows or hides the controls. */
export function listenToPointer(frame: HTMLElement, video: HTMLVideoElement, idle: Idle): void {
  let touched = false;
  video.addEventListener('pointerdown', ({ pointerType }) => (touched = pointerType !== 'mouse'));
  video.addEventListener('click', () => {
    if (!touched) togglePlay(video);
    else if (idle.isIdle) idle.wake();
    else idle.sleep();
  });
  video.addEventListener('dblclick', () => {
    if (!touched) toggleFullscreen(frame, video);
  });
}
