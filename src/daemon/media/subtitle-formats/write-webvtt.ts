import { webVttTime } from '../../../shared/webvtt-time.js';
import { cleanText } from './clean-text.js';
import type { Cue } from './cue.js';

/** A WebVTT file of these cues; nothing but text and `<i> <b> <u>` comes through. */
export function writeWebVtt(cues: readonly Cue[]): string {
  const blocks = cues.flatMap(({ startMs, endMs, text }) => {
    // A blank line would end the cue.
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const clean = cleanText(lines.join('\n'));
    return clean.trim() === '' ? [] : [`${webVttTime(startMs)} --> ${webVttTime(endMs)}\n${clean}`];
  });
  // Scripts draw the same words in several layers.
  return `${['WEBVTT', ...new Set(blocks)].join('\n\n')}\n`;
}
