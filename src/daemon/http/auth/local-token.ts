import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import { KdramaError } from '../../../shared/errors.js';
import { writeFileDurably } from '../../durable-file.js';

export interface LocalToken {
  /** Compares in constant time. */
  matches(given: string): boolean;
}

/**
 * The admin token of this machine: whoever may read the file (mode 0600) is its owner. Made on the
 * first start, kept after that.
 */
export function openLocalToken(path: string): LocalToken {
  const expected = digest(readToken(path) ?? makeToken(path));
  return { matches: (given) => timingSafeEqual(digest(given), expected) };
}

function readToken(path: string): string | undefined {
  try {
    const token = readFileSync(path, 'utf8').trim();
    chmodSync(path, 0o600);
    return token.length >= 32 ? token : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new KdramaError('FILE_UNREADABLE', path, { cause: error });
  }
}

function makeToken(path: string): string {
  const token = randomBytes(32).toString('base64url');
  writeFileDurably(path, `${token}\n`);
  return token;
}

/** Equal lengths for the comparison, whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
