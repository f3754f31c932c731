import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions } from '../command.js';
import type { Deps } from '../deps.js';
import { exitCodeOf, exitCodeOfSeveral } from '../exit-code.js';
import { fileReason } from '../output/file-reason.js';
import { reportError } from '../output/report-error.js';
import { sayLine } from '../output/say.js';
import { stdinName } from './add-named.js';

/**
 * Says why each file cannot be had where none can, so that no daemon has to start for them; nor for a
 * list without names, which is no failure.
 */
export function refuseNothing(
  files: readonly string[],
  options: CommonOptions,
  { cwd, stderr }: Pick<Deps, 'cwd' | 'stderr'>,
): ExitCode | undefined {
  const failures = files.flatMap((file) => {
    const reason = reasonAgainst(file, cwd);
    return reason === undefined
      ? []
      : [{ file, error: new KdramaError('FILE_UNREADABLE', reason) }];
  });
  if (failures.length < files.length) return undefined;
  if (files.length === 0) {
    if (!options.quiet && !options.json) sayLine({ stderr }, 'No files were named.');
    return exitCodes.ok;
  }
  for (const { file, error } of failures) reportError(stderr, error, { ...options, about: file });
  return exitCodeOfSeveral(failures.map(({ error }) => exitCodeOf(error)));
}

/** undefined: it is there. */
function reasonAgainst(file: string, cwd: string): string | undefined {
  if (file === stdinName) return undefined;
  try {
    statSync(resolve(cwd, file));
    return undefined;
  } catch (error) {
    return fileReason(error);
  }
}
