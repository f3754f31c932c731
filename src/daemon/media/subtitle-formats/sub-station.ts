import { closeCues, type Cue, type OpenCue } from './cue.js';
import { linesOf } from './lines.js';
import { lookNames, plainText, type Styles } from './sub-station-text.js';

/** Columns where the file does not name them: those of v4+. */
const standardColumns = 'Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';

/** The dialogue of SubStation Alpha (`.ssa`, `.ass`) as cues in italics, bold and underlined; other looks are left out. */
export function readSubStation(text: string): Cue[] {
  const styles = new Map<string, string>();
  const cues: OpenCue[] = [];
  let columns = columnNames(standardColumns);
  for (const line of linesOf(text)) {
    const [, kind = '', rest = ''] = /^\s*(\w+)\s*:\s*(.*)$/s.exec(line) ?? [];
    if (/^\s*\[events\]/i.test(line)) columns = columnNames(standardColumns);
    if (kind.toLowerCase() === 'format') columns = columnNames(rest);
    if (kind.toLowerCase() === 'style') styles.set(...styleOf(rest, columns));
    if (kind.toLowerCase() === 'dialogue') cues.push(...dialogue(rest, columns, styles));
  }
  return closeCues(cues);
}

function columnNames(line: string): string[] {
  return line.split(',').map((name) => name.trim().toLowerCase());
}

function inColumns(line: string, columns: readonly string[]): (name: string) => string {
  const fields = line.split(',');
  return (name) => fields[columns.indexOf(name)]?.trim() ?? '';
}

function styleOf(line: string, columns: readonly string[]): [name: string, looks: string] {
  const field = inColumns(line, columns);
  // On is -1, of old scripts 1; some write how bold.
  const looks = Object.entries(lookNames).filter(([, look]) => /^-?[1-9]/.test(field(look)));
  return [field('name'), looks.map(([letter]) => letter).join('')];
}

/** The last column is the text, commas and all. */
function dialogue(line: string, columns: readonly string[], styles: Styles): OpenCue[] {
  const field = inColumns(line, columns);
  const [startMs, endMs] = [milliseconds(field('start')), milliseconds(field('end'))];
  // Lines of no length are notes of those who made the script.
  if (startMs === undefined || (endMs ?? Infinity) <= startMs) return [];
  const text = line
    .split(',')
    .slice(columns.length - 1)
    .join(',');
  return [{ startMs, endMs, text: plainText(text, field('style'), styles) }];
}

function milliseconds(time: string): number | undefined {
  const match = /^(\d+):(\d{1,2}):(\d{1,2})[.:](\d{1,3})$/.exec(time);
  if (match === null) return undefined;
  const [, hours, minutes, seconds, fraction = ''] = match;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Number(fraction.padEnd(3, '0'));
}
