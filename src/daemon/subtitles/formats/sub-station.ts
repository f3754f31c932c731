import { closeCues, type Cue, type OpenCue } from './cue.js';

/** Columns where the file does not name them: those of v4+. */
const standardColumns = 'Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';

/** The dialogue of SubStation Alpha (`.ssa`, `.ass`) as plain cues; drawings and looks are left out. */
export function readSubStation(text: string): Cue[] {
  const lines = text.split(/\r\n?|\n/);
  const events = lines.slice(lines.findIndex((line) => /^\[events\]/i.test(line.trim())) + 1);
  let columns = columnNames(standardColumns);
  const cues: OpenCue[] = [];
  for (const line of events) {
    const [, kind = '', rest = ''] = /^\s*(\w+)\s*:\s*(.*)$/.exec(line) ?? [];
    if (kind.toLowerCase() === 'format') columns = columnNames(rest);
    if (kind.toLowerCase() === 'dialogue') cues.push(...dialogue(rest, columns));
  }
  return closeCues(cues);
}

function columnNames(line: string): string[] {
  return line.split(',').map((name) => name.trim().toLowerCase());
}

/** The last column is the text, commas and all. */
function dialogue(line: string, columns: readonly string[]): OpenCue[] {
  const fields = line.split(',');
  const field = (name: string) => fields[columns.indexOf(name)] ?? '';
  const [startMs, endMs] = [milliseconds(field('start')), milliseconds(field('end'))];
  if (startMs === undefined) return [];
  return [{ startMs, endMs, text: plainText(fields.slice(columns.length - 1).join(',')) }];
}

function milliseconds(time: string): number | undefined {
  const match = /^\s*(\d+):(\d{1,2}):(\d{1,2})[.:](\d{1,3})\s*$/.exec(time);
  if (match === null) return undefined;
  const [, hours, minutes, seconds, fraction = ''] = match;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Number(fraction.padEnd(3, '0'));
}

/** `{\i1}` becomes `<i>`; what is drawn (between `\p1` and `\p0`) is no text. */
function plainText(text: string): string {
  const open = new Set<string>();
  let isDrawing = false;
  const parts = text.split(/(\{[^{}]*\})/).map((part) => {
    if (!part.startsWith('{')) return isDrawing ? '' : escaped(part);
    isDrawing = /\\p([1-9])/.test(part) || (isDrawing && !/\\p0/.test(part));
    return [...part.matchAll(/\\([ibu])(\d+)(?=[\\}])/g)]
      .map(([, name = '', value]) => toggled(name, value !== '0', open))
      .join('');
  });
  const closing = [...open].toReversed().map((name) => `</${name}>`);
  return [...parts, ...closing].join('');
}

function toggled(name: string, isOn: boolean, open: Set<string>): string {
  if (isOn === open.has(name)) return '';
  if (isOn) open.add(name);
  else open.delete(name);
  return isOn ? `<${name}>` : `</${name}>`;
}

/** In a script `<` is a letter like any other. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/\\[Nn]/g, '\n')
    .replaceAll(String.raw`\h`, '\u00a0');
}
