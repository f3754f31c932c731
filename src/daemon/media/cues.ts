/** WebVTT as it is served: cues with plain text and `<i> <b> <u>`, nothing else. */

interface Cue {
  readonly start: string;
  readonly end: string;
  readonly text: string;
}

const timing = /^((?:\d+:)?\d{2}:\d{2}\.\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d{2}:\d{2}\.\d{3})/;

/**
 * Reads the WebVTT that ffmpeg makes of any text subtitle and writes it anew: settings, styles,
 * regions, notes and every tag but `<i> <b> <u>` are gone, since subtitles are a stranger's text
 * that ends up in a page. Cues without text or without a duration show nothing and are left out.
 */
export function cleanWebVtt(webvtt: string): string {
  const cues = webvtt
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .flatMap((block) => readCue(block) ?? []);
  const blocks = cues.map(({ start, end, text }) => `${start} --> ${end}\n${text}`);
  return `${['WEBVTT', ...blocks].join('\n\n')}\n`;
}

function readCue(block: string): Cue | undefined {
  const lines = block.split('\n').filter((line) => line.trim() !== '');
  const at = lines.findIndex((line) => timing.test(line));
  const match = timing.exec(lines[at] ?? '');
  if (match === null) return undefined;
  const [, start = '', end = ''] = match;
  const words = lines.slice(at + 1).filter((line) => !drawing.test(line.trim()));
  const text = cleanText(words.join('\n'));
  const isShown = milliseconds(end) > milliseconds(start) && text.trim() !== '';
  return isShown ? { start: withHours(start), end: withHours(end), text } : undefined;
}

/** Never more than one `<`: a text of nothing else must not be read to its end at each of them. */
const tag = /<[^<>]*>/g;
/** Also with classes: `<i.loud>`. */
const kept = /^<(\/?[ibu])(?:\.[^<>]*)?>$/;
/** Shapes that a script draws (`{\p1}`) are text to ffmpeg: `m 0 0 l 100 0`. */
const drawing = /^m(?: +-?[\d.]+){2}(?: +(?:[mnlbspc]|-?[\d.]+))*$/;
/** Some muxers end texts with NUL. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Escapes everything that is not one of the three tags; `-->` cannot stand in a cue. */
export function cleanText(text: string): string {
  return text
    .replaceAll(controls, '')
    .replace(tag, (found) => (kept.test(found) ? found.replace(kept, '<$1>') : ''))
    .replaceAll(/<(?!\/?[ibu]>)/g, '&lt;')
    .replaceAll('-->', '--&gt;');
}

function milliseconds(time: string): number {
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000;
}

function withHours(time: string): string {
  return time.split(':').length === 2 ? `00:${time}` : time;
}
