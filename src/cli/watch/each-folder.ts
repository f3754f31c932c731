import type { ExitCode } from '../../shared/exit.js';
import type { CommonOptions } from '../command.js';
import type { Deps } from '../deps.js';
import { exitCodeOf, exitCodeOfSeveral } from '../exit-code.js';
import { Interruption } from '../interruption.js';
import { reportError } from '../output/report-error.js';

/** Does one folder after the other; what fails of one is said, and the others go on. */
export async function eachFolder(
  folders: readonly string[],
  options: CommonOptions,
  { stderr }: Pick<Deps, 'stderr'>,
  act: (folder: string) => Promise<ExitCode>,
): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  for (const folder of folders) {
    try {
      codes.push(await act(folder));
    } catch (error) {
      if (error instanceof Interruption) throw error;
      reportError(stderr, error, { ...options, about: folder });
      codes.push(exitCodeOf(error));
    }
  }
  return exitCodeOfSeveral(codes);
}
