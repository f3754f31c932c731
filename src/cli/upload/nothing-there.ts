import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import type { ExitCode } from '../../shared/exit.js';
import type { CommonOptions } from '../command.js';
import type { Deps } from '../deps.js';
import { exitCodeOf, exitCodeOfSeveral } from '../exit-code.js';
import { fileReason } from '../output/file-reason.js';
import { reportError } from '../output/report-error.js';
import { stdinName } from './add-named.js';

/** Says of each file that it is missing where none is there, so that no daemon has to start for them. */
export function refuseNothing(
  files: readonly string[],
  options: CommonOptions,
  { cwd, stderr }: Pick<Deps, 'cwd' | 'stderr'>,
): ExitCode | undefined {
  const isThere = (file: string) => file === stdinName || existsSync(resolve(cwd, file));
  if (files.length === 0 || files.some(isThere)) return undefined;
  const error = new KdramaError('FILE_UNREADABLE', fileReason({ code: 'ENOENT' }));
  for (const file of files) reportError(stderr, error, { ...options, about: file });
  return exitCodeOfSeveral(files.map(() => exitCodeOf(error)));
}
