import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { KdramaError } from '../../shared/errors.js';
import type { Deps } from '../deps.js';

export interface WordListOptions {
  /** A path, or `-` for standard input; undefined: no list. */
  readonly filesFrom?: string;
  /** NUL ends a word, as `find -print0` writes; otherwise a line does. */
  readonly null: boolean;
}

/** The words (file names, ids) of a list. Throws FILE_UNREADABLE, the signal's reason. */
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
  return readStdin(deps);
}

/** Until its end, or until the signal: who waits with a time limit may wait for the list already. */
async function readStdin({ stdin, signal }: Deps): Promise<string> {
  const parts: Buffer[] = [];
  const stop = () => void (stdin as Readable).destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const part of stdin) parts.push(Buffer.from(part));
  } catch (cause) {
    signal.throwIfAborted();
    throw new KdramaError('FILE_UNREADABLE', 'standard input', { cause });
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  return Buffer.concat(parts).toString('utf8');
}
