import { iconButton } from './icon-button.js';
import type { IconName } from './icon.js';

/** Starts or stops; starts again where starting needs the person's own press, it shows so. */
export function togglePlay(video: HTMLVideoElement): void {
  if (!video.paused && !video.ended) video.pause();
  // A refusal (no press yet) leaves the video paused, which the buttons show.
  else void video.play().catch(() => undefined);
}

export function playButton(video: HTMLVideoElement, className: string): HTMLButtonElement {
  const button = iconButton(className, () => togglePlay(video));
  const show = () => button.show(...faceOf(video));
  for (const event of ['play', 'pause', 'ended', 'seeking']) video.addEventListener(event, show);
  show();
  return button.element;
}

function faceOf({ paused, ended }: HTMLVideoElement): [IconName, string, string] {
  if (ended) return ['replay', 'Watch again', 'Space'];
  return paused ? ['play', 'Play', 'Space'] : ['pause', 'Pause', 'Space'];
}
