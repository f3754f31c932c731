import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import type { Deps } from '../deps.js';

export interface WordListOptions {
  /** A path, or `-` for standard input; undefined: no list. */
  readonly filesFrom?: string;
  /** NUL ends a word, as `find -print0` writes; otherwise a line does. */
  readonly null: boolean;
}

/** The words (file names, ids) of a list. Throws FILE_UNREADABLE. */
export async function readWordList(options: WordListOptions, deps: Deps): Promise<string[]> {
  if (options.filesFrom === undefined) return [];
  const text = await readText(options.filesFrom, deps);
  return splitWords(text, options.null);
}

/** Pure: the words of a text; empty ones are left out. Only NUL can end a name with newlines in it. */
export function splitWords(text: string, nul: boolean): string[] {
  return text.split(nul ? '\0' : /\r?\n/).filter((word) => word !== '');
}

async function readText(from: string, deps: Deps): Promise<string> {
  if (from !== '-') {
    const path = resolve(deps.cwd, from);
    return readFile(path, 'utf8').catch((cause: unknown) => {
      throw new KdramaError('FILE_UNREADABLE', path, { cause });
    });
  }
  const parts: Buffer[] = [];
  for await (const part of deps.stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
