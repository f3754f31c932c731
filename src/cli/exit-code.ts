import { errorKind } from '../shared/errors.js';
import { exitCodes, type ExitCode } from '../shared/exit.js';
import { Interruption } from './interruption.js';
import { asKdramaError } from './output/report-error.js';

/** The exit code that belongs to whatever a command threw. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof Interruption) return error.exit;
  return errorKind(asKdramaError(error).code).exit;
}

/** One code for several items: one item's own; all right 0, some failed 6, all failed 1. */
export function exitCodeOfSeveral(codes: readonly ExitCode[]): ExitCode {
  const failed = codes.filter((code) => code !== exitCodes.ok);
  if (failed.length === 0) return exitCodes.ok;
  if (codes.length === 1) return failed[0] ?? exitCodes.failed;
  return failed.length < codes.length ? exitCodes.partial : exitCodes.failed;
}
