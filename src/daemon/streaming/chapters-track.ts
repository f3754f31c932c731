import type { Chapter } from '../../shared/chapters.js';
import { webVttTime } from '../../shared/webvtt-time.js';

/** WebVTT of the kind `chapters`; titles are a stranger's text and come out as text only. */
export function chaptersTrack(chapters: readonly Chapter[]): string {
  const cues = chapters.map(({ startTicks, endTicks, title }) => {
    const times = [startTicks, endTicks].map((ticks) => webVttTime(Math.round(ticks / 90)));
    return `${times.join(' --> ')}\n${escaped(title)}`;
  });
  return `${['WEBVTT', ...cues].join('\n\n')}\n`;
}

/** With `>` escaped, `-->` cannot stand in it either. */
function escaped(title: string): string {
  return title.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
