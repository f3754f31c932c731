import { cleanText } from '../../media/cues.js';
import type { Cue } from './cue.js';

/** A WebVTT file of these cues; nothing but text and `<i> <b> <u>` comes through. */
export function writeWebVtt(cues: readonly Cue[]): string {
  const blocks = cues.flatMap(({ startMs, endMs, text }) => {
    // A blank line would end the cue.
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const clean = cleanText(lines.join('\n'));
    return clean.trim() === '' ? [] : [`${timestamp(startMs)} --> ${timestamp(endMs)}\n${clean}`];
  });
  return `${['WEBVTT', ...blocks].join('\n\n')}\n`;
}

function timestamp(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = [hours, minutes, seconds % 60].map((part) => String(part).padStart(2, '0'));
  return `${parts.join(':')}.${String(milliseconds % 1000).padStart(3, '0')}`;
}
