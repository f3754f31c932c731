import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { KdramaError } from '../../shared/errors.js';
import { exitCodes } from '../../shared/exit.js';
import type { Deps } from '../deps.js';
import { Interruption } from '../interruption.js';

export interface PasswordOptions {
  readonly passwordStdin: boolean;
}

/**
 * A new password, never from an argument (everybody sees those): asked for twice on a terminal
 * without showing it, or all of stdin. Throws COMMAND_INVALID when there is neither or the two
 * differ, Interruption on Ctrl-C.
 */
export async function readPassword(
  { passwordStdin }: PasswordOptions,
  deps: Deps,
): Promise<string> {
  if (passwordStdin) return firstLine(await readAll(deps));
  if ((deps.stdin as { isTTY?: boolean }).isTTY !== true) throw noTerminal();
  const questions = hiddenQuestions(deps);
  try {
    const password = await questions.ask('Password: ');
    if ((await questions.ask('Again: ')) === password) return password;
  } finally {
    questions.close();
  }
  throw new KdramaError('COMMAND_INVALID', 'the two passwords differ');
}

/** One for all questions: what was typed ahead belongs to the next. */
function hiddenQuestions({ stdin, stderr, signal }: Deps) {
  // What readline would show of the typed text goes nowhere.
  const output = new Writable({ write: (_piece, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output, terminal: true });
  const typed = lines[Symbol.asyncIterator]();
  // While each key is read, the terminal makes no signal of Ctrl-C.
  const close = () => lines.close();
  lines.on('SIGINT', close);
  signal.addEventListener('abort', close);
  return {
    async ask(question: string): Promise<string> {
      stderr.write(question);
      const line = await typed.next();
      stderr.write('\n');
      signal.throwIfAborted();
      if (line.done === true) throw new Interruption(exitCodes.interrupted);
      return line.value;
    },
    close() {
      signal.removeEventListener('abort', close);
      lines.close();
    },
  };
}

async function readAll({ stdin }: Deps): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

/** `echo` and editors end a line; a password has no line break. */
function firstLine(text: string): string {
  return text.replace(/\r?\n$/, '');
}

function noTerminal(): KdramaError {
  return new KdramaError('COMMAND_INVALID', 'expected a terminal to ask for the password', {
    hint: 'Give it with --password-stdin: printf %s "$PASSWORD" | kdrama user …',
  });
}
