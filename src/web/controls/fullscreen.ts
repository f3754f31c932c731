import { iconButton } from './icon-button.js';

/** iPhones can enlarge the video only, and only by this name. */
interface AppleVideo {
  webkitEnterFullscreen?: () => void;
}

/** `frame` holds the video and its controls; both fill the screen together. */
export function toggleFullscreen(frame: HTMLElement, video: HTMLVideoElement): void {
  if (document.fullscreenElement !== null) void document.exitFullscreen();
  // A refusal (not by a press, forbidden by the device) leaves everything as it is.
  else if (document.fullscreenEnabled) void frame.requestFullscreen().catch(() => undefined);
  else (video as AppleVideo).webkitEnterFullscreen?.();
}

export function fullscreenButton(frame: HTMLElement, video: HTMLVideoElement): HTMLButtonElement {
  const button = iconButton('fullscreen', () => toggleFullscreen(frame, video));
  const show = () =>
    document.fullscreenElement === frame
      ? button.show('shrink', 'Leave full screen', 'f')
      : button.show('enlarge', 'Full screen', 'f');
  frame.addEventListener('fullscreenchange', show);
  show();
  return button.element;
}
