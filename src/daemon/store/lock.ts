import Database from 'better-sqlite3';
import { KdramaError } from '../../shared/errors.js';

/** Held for the life of the daemon. */
export interface HomeLock {
  release(): void;
}

/**
 * Makes this process the one writer of a home, or throws DAEMON_RUNNING. An exclusive transaction
 * on a file of its own is a lock of the kernel: it ends with the process, however that dies, and
 * leaves nothing to clean up.
 */
export function lockHome(path: string): HomeLock {
  const connection = new Database(path, { timeout: 0 });
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (!isBusy(error)) throw error;
    throw new KdramaError('DAEMON_RUNNING', undefined, { cause: error });
  }
  return { release: () => connection.close() };
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
