import { join } from 'node:path';

/** Where a daemon in the background, and one that `serve` runs, write what happens. */
export function daemonLogPath(home: string): string {
  return join(home, 'daemon.log');
}
