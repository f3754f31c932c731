import type { SubtitleTrack } from './cue.js';
import { readSami } from './sami.js';
import { readSubStation } from './sub-station.js';
import { readSubRip, readWebVtt } from './timed-lines.js';

export const subtitleFormats = ['srt', 'ass', 'vtt', 'smi'] as const;
export type SubtitleFormat = (typeof subtitleFormats)[number];

/** What a text is, whatever its name says; undefined for what holds no subtitles that are read here. */
export function formatOf(text: string): SubtitleFormat | undefined {
  const head = text.slice(0, 64 * 1024);
  if (/^\s*WEBVTT(?:\s|$)/.test(head)) return 'vtt';
  if (/<(?:sami|sync)\b/i.test(head)) return 'smi';
  if (/^[ \t]*\[(?:script info|v4\+? styles|events)\]/im.test(head)) return 'ass';
  return head.includes('->') ? 'srt' : undefined;
}

/** The tracks of a subtitle text that have cues. */
export function readTracks(text: string, format: SubtitleFormat): SubtitleTrack[] {
  if (format === 'smi') return readSami(text);
  const readers = { srt: readSubRip, vtt: readWebVtt, ass: readSubStation };
  const cues = readers[format](text).filter((cue) => cue.text.trim() !== '');
  return cues.length === 0 ? [] : [{ language: undefined, label: undefined, cues }];
}
