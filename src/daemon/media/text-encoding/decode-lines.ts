import { isUtf8 } from 'node:buffer';
import { decodeAs, decodeText } from './decode-text.js';

/**
 * The text of a track inside a video: UTF-8, as containers say, but for lines that are not. These are in one other
 * encoding (`language`, BCP 47, tells which are likely); what is in none has `�` for what cannot be read.
 */
export function decodeLines(bytes: Buffer, language?: string): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const lines = linesOf(bytes);
  const foreign = Buffer.concat(
    lines.filter((line) => !isUtf8(line)).flatMap((line) => [line, newLine]),
  );
  const encoding = decodeText(foreign, language)?.encoding;
  return lines
    .map((line) => {
      const decoded = encoding === undefined || isUtf8(line) ? undefined : decodeAs(line, encoding);
      return decoded?.text ?? line.toString('utf8');
    })
    .join('\n');
}

const newLine = Buffer.from('\n');

function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start <= bytes.length;) {
    const end = bytes.indexOf(newLine, start);
    lines.push(bytes.subarray(start, end < 0 ? bytes.length : end));
    if (end < 0) break;
    start = end + 1;
  }
  return lines;
}
