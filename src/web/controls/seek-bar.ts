import { element, setText } from '../element.js';
import { formatTime } from '../format-time.js';
import { bufferedUntil } from './buffered.js';

/**
 * The line of time: what was watched, what is loaded, and a handle. Nothing is fetched while the
 * handle is dragged; letting go seeks, since every place passed would be made for nobody.
 */
export function seekBar(video: HTMLVideoElement): HTMLElement {
  const range = element('input', {
    class: 'seek-range',
    type: 'range',
    min: 0,
    max: 0,
    step: 'any',
    value: 0,
    'aria-label': 'Seek',
  });
  const loaded = element('span', { class: 'seek-loaded' });
  const played = element('span', { class: 'seek-played' });
  const line = element('span', { class: 'seek-line' }, loaded, played);
  const hint = element('span', { class: 'seek-hint', hidden: true });
  let dragging = false;

  function show(): void {
    const { duration } = video;
    if (!Number.isFinite(duration)) return;
    range.max = String(duration);
    if (!dragging) range.value = String(video.currentTime);
    const seconds = Number(range.value);
    played.style.width = percent(seconds / duration);
    loaded.style.width = percent(bufferedUntil(video.buffered, seconds) / duration);
    range.setAttribute('aria-valuetext', `${formatTime(seconds)} of ${formatTime(duration)}`);
  }

  function showHint(seconds: number): void {
    hint.hidden = !Number.isFinite(video.duration);
    setText(hint, formatTime(seconds));
    hint.style.left = percent(seconds / video.duration);
  }

  range.addEventListener('input', () => {
    dragging = true;
    show();
    showHint(Number(range.value));
  });
  range.addEventListener('change', () => {
    dragging = false;
    hint.hidden = true;
    video.currentTime = Number(range.value);
  });
  range.addEventListener('pointermove', ({ clientX }) => {
    if (dragging) return;
    const { left, width } = line.getBoundingClientRect();
    showHint(Math.min(1, Math.max(0, (clientX - left) / width)) * video.duration);
  });
  range.addEventListener('pointerleave', () => (hint.hidden = true));
  for (const event of ['timeupdate', 'durationchange', 'progress', 'seeking', 'seeked']) {
    video.addEventListener(event, show);
  }
  return element('div', { class: 'seek' }, line, range, hint);
}

function percent(fraction: number): string {
  return `${Math.min(1, Math.max(0, fraction)) * 100}%`;
}
