import { webVttTime } from '../../../shared/webvtt-time.js';
import { cleanText } from './clean-text.js';
import type { Cue } from './cue.js';

/** A WebVTT file of these cues; nothing but text and `<i> <b> <u>` comes through. */
export function writeWebVtt(cues: readonly Cue[]): string {
  const blocks = cues.flatMap(({ startMs, endMs, text }) => {
    // A blank line would end the cue, and what stands behind it could be a STYLE.
    const lines = cleanText(text)
      .split('\n')
      .filter((line) => line.trim() !== '');
    const isShown = lines.some((line) => line.replaceAll(/<[^<>]*>/g, '').trim() !== '');
    const times = [startMs, endMs].map(webVttTime).join(' --> ');
    return isShown ? [[times, ...lines].join('\n')] : [];
  });
  // Scripts draw the same words in several layers.
  return `${['WEBVTT', ...new Set(blocks)].join('\n\n')}\n`;
}
