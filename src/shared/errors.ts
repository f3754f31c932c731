import { accessErrors } from './errors/access-errors.js';
import { daemonErrors } from './errors/daemon-errors.js';
import type { ErrorKind } from './errors/error-kind.js';
import { jobErrors } from './errors/job-errors.js';
import { requestErrors } from './errors/request-errors.js';
import { streamErrors } from './errors/stream-errors.js';
import { subtitleErrors } from './errors/subtitle-errors.js';
import { uploadErrors } from './errors/upload-errors.js';

/** Every error that kdrama reports, once, by the code that a program matches on. */
const kinds = {
  ...accessErrors,
  ...uploadErrors,
  ...jobErrors,
  ...streamErrors,
  ...subtitleErrors,
  ...requestErrors,
  ...daemonErrors,
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof kinds;

export const errorCodes = Object.keys(kinds) as readonly ErrorCode[];

/** The HTTP status, exit code, first sentence and hint that belong to a code. */
export function errorKind(code: ErrorCode): ErrorKind {
  return kinds[code];
}

export interface ErrorExtra {
  /** The whole message, for the few codes that begin with more than one known sentence. */
  readonly message?: string;
  readonly hint?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The one error class. `detail` follows the code's own sentence: "what was expected, what came". */
export class KdramaError extends Error {
  override readonly name = 'KdramaError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, detail?: string, extra: ErrorExtra = {}) {
    const kind = errorKind(code);
    const sentence = detail === undefined ? kind.message : `${kind.message}: ${detail}`;
    super(extra.message ?? sentence, { cause: extra.cause });
    this.code = code;
    this.hint = extra.hint ?? kind.hint;
    this.details = extra.details;
  }
}
