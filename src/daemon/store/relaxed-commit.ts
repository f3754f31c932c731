import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Connection } from './open.js';

const sync = promisify(fdatasync);

/**
 * Commits whose sync does not hold up the event loop: SQLite writes its log (WAL) without waiting
 * for the disk, and the log is synced in a thread. The order is the same: nobody is told before the
 * bytes are down.
 */
export function relaxedCommits(connection: Connection, logPath: string) {
  let log: number | undefined;
  return {
    /** Committed and visible when it returns; on the disk when the promise resolves. */
    commit(change: () => void): Promise<void> {
      connection.pragma('synchronous = NORMAL');
      try {
        connection.transaction(change).immediate();
      } finally {
        connection.pragma('synchronous = FULL');
      }
      log ??= openSync(logPath, 'r+');
      return sync(log);
    },
    close(): void {
      if (log !== undefined) closeSync(log);
      log = undefined;
    },
  };
}
