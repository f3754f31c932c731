import { errorCodes, KdramaError } from '../../shared/errors.js';
import type { OutputStream } from '../deps.js';
import { jsonLine, safeText } from './safe-text.js';
import { terminalHint } from './terminal-hint.js';

export interface ErrorStyle {
  readonly json: boolean;
  /** Show the cause too. */
  readonly verbose: boolean;
  /** Which of several files or jobs it is about. */
  readonly about?: string;
}

/** Says on stderr what happened, why, and what to do next; never a stack without `verbose`. */
export function reportError(stderr: OutputStream, error: unknown, style: ErrorStyle): void {
  const known = asKdramaError(error);
  stderr.write(style.json ? `${jsonLine(errorObject(known, style))}\n` : errorLines(known, style));
}

/** Anything thrown as the one error class: what we did not expect is INTERNAL. */
export function asKdramaError(error: unknown): KdramaError {
  if (error instanceof KdramaError) return error;
  const twin = ofAnotherCopy(error);
  if (twin !== undefined) return twin;
  const reason = error instanceof Error ? error.message : String(error);
  return new KdramaError('INTERNAL', reason, {
    hint: 'Run it again with --verbose to see where it comes from.',
    cause: error,
  });
}

/** The bundled command line and the daemon that it runs have a copy of the class each. */
function ofAnotherCopy(error: unknown): KdramaError | undefined {
  if (!(error instanceof Error) || error.name !== 'KdramaError') return undefined;
  const { code, message, hint, cause } = error as KdramaError;
  if (!errorCodes.includes(code)) return undefined;
  return new KdramaError(code, undefined, {
    message,
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}

function errorLines(error: KdramaError, { verbose, about }: ErrorStyle): string {
  const subject = about === undefined ? '' : `${safeText(about)}: `;
  const lines = [`kdrama: ${subject}${safeText(error.message)} (${error.code})`];
  const hint = terminalHint(error);
  if (hint !== undefined) lines.push(`  ${safeText(hint)}`);
  if (verbose) lines.push(...causes(error).map((cause) => `  caused by: ${cause}`));
  return lines.map((line) => `${line}\n`).join('');
}

function errorObject(error: KdramaError, { verbose, about }: ErrorStyle) {
  const { code, message, details } = error;
  const hint = terminalHint(error);
  return {
    about,
    error: { code, message, hint, details, ...(verbose ? { causes: causes(error) } : {}) },
  };
}

function causes(error: Error): string[] {
  const found: string[] = [];
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    found.push(cause.stack ?? cause.message);
  }
  return found;
}
