import { KdramaError } from '../../shared/errors.js';

/** EFBIG: a limit on the size of files is a full disk to us. */
const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL']);

export function isErrno(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException | null)?.code ?? '');
}

/** The error to report for a failed write: STORAGE_FULL where the disk is full, else as it is. */
export function storageError(error: unknown): unknown {
  if (!full.has((error as NodeJS.ErrnoException | null)?.code ?? '')) return error;
  return new KdramaError('STORAGE_FULL', undefined, { cause: error });
}
