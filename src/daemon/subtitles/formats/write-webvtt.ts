import { webVttTime } from '../../../shared/webvtt-time.js';
import { cleanText } from '../../media/cues.js';
import type { Cue } from './cue.js';

/** A WebVTT file of these cues; nothing but text and `<i> <b> <u>` comes through. */
export function writeWebVtt(cues: readonly Cue[]): string {
  const blocks = cues.flatMap(({ startMs, endMs, text }) => {
    // A blank line would end the cue.
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const clean = cleanText(lines.join('\n'));
    return clean.trim() === '' ? [] : [`${webVttTime(startMs)} --> ${webVttTime(endMs)}\n${clean}`];
  });
  return `${['WEBVTT', ...blocks].join('\n\n')}\n`;
}
