import type { VideoDetails } from '../../shared/contract/index.js';
import { element } from '../element.js';
import { formatTime } from '../format-time.js';
import { bufferedUntil } from './buffered.js';
import { chapterAt, chapterMarks } from './chapters.js';
import { SeekHint } from './seek-hint.js';

export interface SeekBar {
  readonly element: HTMLElement;
  /** What is known of the video now. */
  show(view: Pick<VideoDetails, 'chapters' | 'storyboard'>): void;
}

/**
 * The line of time: what was watched, what is loaded, where chapters begin, and a handle. No media is
 * fetched while the handle is dragged; letting go seeks, since every place passed would be made for
 * nobody.
 */
export function seekBar(video: HTMLVideoElement): SeekBar {
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
  const marks = element('span', { class: 'seek-marks' });
  const line = element('span', { class: 'seek-line' }, loaded, played, marks);
  const hint = new SeekHint();
  let chapters: VideoDetails['chapters'] = [];
  let dragging = false;

  const titleAt = (seconds: number) => chapters[chapterAt(chapters, seconds)]?.title;

  function showTime(): void {
    const { duration } = video;
    if (!Number.isFinite(duration)) return;
    range.max = String(duration);
    if (!dragging) range.value = String(video.currentTime);
    const seconds = Number(range.value);
    played.style.width = percent(seconds / duration);
    loaded.style.width = percent(bufferedUntil(video.buffered, seconds) / duration);
    const words = [`${formatTime(seconds)} of ${formatTime(duration)}`, titleAt(seconds) ?? []];
    range.setAttribute('aria-valuetext', words.flat().join(', '));
  }

  function showMarks(): void {
    const places = chapterMarks(chapters, video.duration);
    marks.replaceChildren(
      ...places.map((place) => {
        const mark = element('span', { class: 'seek-mark' });
        mark.style.left = percent(place);
        return mark;
      }),
    );
  }

  function showHint(seconds: number): void {
    const { duration } = video;
    if (Number.isFinite(duration)) hint.show(seconds, seconds / duration, titleAt(seconds));
  }

  range.addEventListener('input', () => {
    dragging = true;
    showTime();
    showHint(Number(range.value));
  });
  range.addEventListener('change', () => {
    dragging = false;
    hint.hide();
    video.currentTime = Number(range.value);
  });
  range.addEventListener('pointermove', ({ clientX }) => {
    if (dragging) return;
    const { left, width } = line.getBoundingClientRect();
    showHint(Math.min(1, Math.max(0, (clientX - left) / width)) * video.duration);
  });
  range.addEventListener('pointerleave', () => hint.hide());
  for (const event of ['timeupdate', 'durationchange', 'progress', 'seeking', 'seeked']) {
    video.addEventListener(event, showTime);
  }
  video.addEventListener('durationchange', showMarks);
  return {
    element: element('div', { class: 'seek' }, line, range, hint.element),
    show(view) {
      ({ chapters } = view);
      hint.useStoryboard(view.storyboard);
      showMarks();
    },
  };
}

function percent(fraction: number): string {
  return `${Math.min(1, Math.max(0, fraction)) * 100}%`;
}
