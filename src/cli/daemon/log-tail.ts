import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { safeText } from '../output/safe-text.js';

const longestTailBytes = 64 * 1024;

/** The last lines that were written to a log from byte `start` on; none when there is no log. */
export function logTail(path: string, start: number, lines: number): string[] {
  return readEnd(path, start)
    .split('\n')
    .filter((line) => line !== '')
    .slice(-lines)
    .map(readableLogLine);
}

/** A JSON log line as its message and error; any other line as it is. */
export function readableLogLine(line: string): string {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    const { message = '' } = err ?? {};
    // The log says an error's words with its causes, and they may be all that there is to say.
    const parts = message.startsWith(msg ?? '') ? [message] : [msg, message];
    return safeText(parts.filter((part) => part !== '').join(': ') || line);
  } catch {
    return safeText(line);
  }
}

function readEnd(path: string, start: number): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(file);
    // Shorter than it was: what was there before was put aside meanwhile.
    const from = Math.max(start > size ? 0 : start, size - longestTailBytes);
    const buffer = Buffer.alloc(longestTailBytes);
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, from));
  } finally {
    closeSync(file);
  }
}
