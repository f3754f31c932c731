import { element, setText } from '../element.js';
import { formatTime } from '../format-time.js';

/** `12:34 / 1:02:03`. */
export function timeLabel(video: HTMLVideoElement): HTMLElement {
  const now = element('span', { class: 'time-now' }, formatTime(0));
  const whole = element('span', { class: 'time-whole' }, formatTime(0));
  const show = () => {
    setText(now, formatTime(video.currentTime));
    setText(whole, formatTime(video.duration));
  };
  for (const event of ['timeupdate', 'durationchange', 'seeking']) {
    video.addEventListener(event, show);
  }
  return element('span', { class: 'time' }, now, ' / ', whole);
}
