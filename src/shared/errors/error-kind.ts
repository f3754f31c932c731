import type { ExitCode } from '../exit.js';

/** What belongs to a code: the sentence its message begins with, and the next step for the person. */
export interface ErrorKind {
  /** Of HTTP. */
  readonly status: number;
  /** Of the command line. */
  readonly exit: ExitCode;
  readonly message: string;
  readonly hint?: string;
}
