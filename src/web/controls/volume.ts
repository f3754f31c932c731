import { element } from '../element.js';
import { readLoudness, rememberLoudness } from '../memory.js';
import { iconButton } from './icon-button.js';

/** Mute button and slider; how loud it was the last time is how loud it begins. */
export function volumeControl(video: HTMLVideoElement): HTMLElement {
  const button = iconButton('mute', () => toggleMuted(video));
  const range = element('input', {
    class: 'volume-range',
    type: 'range',
    min: 0,
    max: 1,
    step: 0.05,
    'aria-label': 'Volume',
  });
  range.addEventListener('input', () => setVolume(video, Number(range.value)));

  function show(): void {
    const silent = video.muted || video.volume === 0;
    button.show(silent ? 'muted' : 'loud', silent ? 'Unmute' : 'Mute', 'm');
    range.value = String(video.muted ? 0 : video.volume);
    range.style.setProperty('--filled', `${Number(range.value) * 100}%`);
  }

  Object.assign(video, readLoudness());
  video.addEventListener('volumechange', () => {
    show();
    rememberLoudness({ volume: video.volume, muted: video.muted });
  });
  show();
  return element('div', { class: 'volume' }, button.element, range);
}

export function toggleMuted(video: HTMLVideoElement): void {
  if (video.volume === 0) setVolume(video, 0.5);
  else video.muted = !video.muted;
}

/** From 0 to 1; what lies outside is the nearest end. */
export function setVolume(video: HTMLVideoElement, volume: number): void {
  video.volume = Math.min(1, Math.max(0, volume));
  video.muted = false;
}
