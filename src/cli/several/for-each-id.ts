import type { ExitCode } from '../../shared/exit.js';
import { exitCodes } from '../../shared/exit.js';
import type { CommonOptions } from '../command.js';
import type { Deps } from '../deps.js';
import { exitCodeOf, exitCodeOfSeveral } from '../exit-code.js';
import { Interruption } from '../interruption.js';
import { reportError } from '../output/report-error.js';

/**
 * Works on one id after the other. What fails is reported, under its id where there are several,
 * and the others go on. Returns one exit code for all.
 */
export async function forEachId(
  ids: readonly string[],
  options: CommonOptions,
  deps: Pick<Deps, 'stderr'>,
  work: (id: string) => Promise<void>,
): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  for (const id of ids) {
    try {
      await work(id);
      codes.push(exitCodes.ok);
    } catch (error) {
      if (error instanceof Interruption) throw error;
      reportError(deps.stderr, error, { ...options, ...(ids.length > 1 && { about: id }) });
      codes.push(exitCodeOf(error));
    }
  }
  return exitCodeOfSeveral(codes);
}
