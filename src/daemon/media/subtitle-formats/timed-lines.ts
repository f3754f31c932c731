import { closeCues, type Cue, type OpenCue } from './cue.js';
import { linesOf } from './lines.js';

const time = String.raw`(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3})\d*)?`;
/** Within a cue of WebVTT: from when on a word is lit. */
const sungAt = /<(?:\d+:)?\d{2}:\d{2}\.\d{3}>/g;
const timing = new RegExp(String.raw`^\s*${time}\s*-{1,2}>\s*${time}`);

/**
 * Cues of SubRip, which has no standard: a cue's text goes on to the next line of times, blank lines
 * in it or none between two cues, and the number before that line is no text.
 */
export function readSubRip(text: string): Cue[] {
  const lines = linesOf(text);
  const starts = lines.flatMap((line, at) => (timing.test(line) ? [at] : []));
  const cues = starts.map((at, index) => {
    const next = starts[index + 1];
    const body = lines.slice(at + 1, next);
    if (next !== undefined && /^\s*\d+\s*$/.test(body.at(-1) ?? '')) body.pop();
    return cueOf(lines[at] ?? '', subRipText(body));
  });
  return closeCues(cues);
}

/** Cues of WebVTT: a blank line ends one. What has no times (styles, regions, notes) is no cue. */
export function readWebVtt(text: string): Cue[] {
  const blocks = linesOf(text)
    .join('\n')
    .split(/\n{2,}/);
  const cues = blocks.flatMap((block) => {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => timing.test(line));
    const words = lines.slice(at + 1).join('\n');
    return at < 0 ? [] : [cueOf(lines[at] ?? '', words.replaceAll(sungAt, ''))];
  });
  return closeCues(cues);
}

/** What players take for markup; in `<Kim>`, `<sighs>` and `5 < 6` the `<` is a letter. */
const names =
  'i|b|u|s|a|c|v|p|br|em|rt|rp|tt|big|sub|sup|div|font|span|ruby|lang|small|strong|strike|center|script|style';
const plainTag = String.raw`\/?(?:${names})(?:\.[\w.]+)?\s*\/?>`;
const tagWithAttributes = String.raw`[a-z]\w*\s+[\w:-]+\s*=[^<>]*>`;
const noMarkup = new RegExp(`<(?!${plainTag}|${tagWithAttributes})`, 'gi');

/** Line breaks and spaces as scripts write them are what bad conversions leave. */
function subRipText(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replaceAll(/<br\s*\/?>|\\N/gi, '\n')
    .replaceAll(String.raw`\h`, '\u00a0')
    .replaceAll(noMarkup, '&lt;');
}

function cueOf(line: string, body: string): OpenCue {
  const parts = timing.exec(line) ?? [];
  const text = body
    .trim()
    .replaceAll(/\{\\[^{}]*\}/g, '')
    .replaceAll(/<\/?[IBU]>/g, (tag) => tag.toLowerCase())
    .replaceAll(/<(?![a-z/])/gi, '&lt;');
  return { startMs: milliseconds(parts.slice(1, 5)), endMs: milliseconds(parts.slice(5, 9)), text };
}

/** Hours and fractions may be absent, and `5,5` is five and a half. */
function milliseconds(parts: readonly (string | undefined)[]): number {
  const [hours, minutes, seconds, fraction = ''] = parts;
  const whole = (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Number(fraction.padEnd(3, '0'));
}
