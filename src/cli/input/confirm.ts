import { createInterface } from 'node:readline';
import { KdramaError } from '../../shared/errors.js';
import type { Deps } from '../deps.js';

export interface Question {
  readonly text: string;
  /** The option that answers it beforehand. */
  readonly option: string;
}

/**
 * Whether the person at the terminal says yes; any other answer is a no. Throws COMMAND_INVALID
 * where there is no terminal to ask on, the signal's reason on Ctrl-C.
 */
export async function confirm(
  { text, option }: Question,
  { stdin, stderr, signal }: Pick<Deps, 'stdin' | 'stderr' | 'signal'>,
): Promise<boolean> {
  if ((stdin as { isTTY?: boolean }).isTTY !== true || stderr.isTTY !== true) {
    throw new KdramaError('COMMAND_INVALID', 'there is no terminal to ask on', {
      hint: `Add ${option} to say yes beforehand.`,
    });
  }
  // The terminal itself edits the line and makes a signal of Ctrl-C.
  const lines = createInterface({ input: stdin, terminal: false });
  const close = () => lines.close();
  signal.addEventListener('abort', close, { once: true });
  try {
    stderr.write(`${text} [y/N] `);
    const answer = await lines[Symbol.asyncIterator]().next();
    signal.throwIfAborted();
    return answer.done !== true && /^\s*y(es)?\s*$/i.test(answer.value);
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}
