import { createInterface } from 'node:readline';
import type { Deps } from '../deps.js';

type Terminal = Pick<Deps, 'stdin' | 'stderr'>;

/** Whether there is somebody who can be asked. */
export function isAnyoneThere({ stdin, stderr }: Terminal): boolean {
  return (stdin as { isTTY?: boolean }).isTTY === true && stderr.isTTY === true;
}

/**
 * Whether the person at the terminal says yes; any other answer is a no. Throws the signal's reason on
 * Ctrl-C.
 */
export async function ask(
  text: string,
  { stdin, stderr, signal }: Terminal & Pick<Deps, 'signal'>,
): Promise<boolean> {
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
