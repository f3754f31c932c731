import { readFileSync } from 'node:fs';
import { logPaths } from '../../shared/log-files.js';

/** Where the one that is written ends, for who reads on. */
export interface LastLines {
  readonly lines: readonly string[];
  readonly end: number;
}

/**
 * The last lines that `isWanted`, from full logs too; undefined when there is no log at all. Logs
 * are of limited size: each is read whole.
 */
export function lastLines(
  path: string,
  count: number,
  isWanted: (line: string) => boolean,
): LastLines | undefined {
  let found: string[] = [];
  let end: number | undefined;
  for (const each of logPaths(path).toReversed()) {
    const text = read(each);
    if (each === path) end = text === undefined ? undefined : text.lastIndexOf(0x0a) + 1;
    if (text === undefined) continue;
    const whole = each === path ? text.subarray(0, end) : text;
    const lines = whole.toString('utf8').split('\n').filter(Boolean).filter(isWanted);
    found = [...lines, ...found];
    if (found.length >= count) break;
  }
  if (end === undefined && found.length === 0) return undefined;
  return { lines: count === 0 ? [] : found.slice(-count), end: end ?? 0 };
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
