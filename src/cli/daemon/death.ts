import { readDaemonRecord } from './address.js';
import { daemonLogPath } from './log-path.js';
import { logTail } from './log-tail.js';
import { isAlive } from './process-alive.js';

/**
 * That this home's daemon was not stopped but died, and what it wrote last; undefined when it was stopped
 * or never ran: only who stops in order takes daemon.json away.
 */
export function deathWords(home: string): string | undefined {
  const record = readDaemonRecord(home);
  if (record === undefined || isAlive(record.pid)) return undefined;
  // What it was asked says nothing of why it died.
  const lines = logTail(daemonLogPath(home), 0, 50)
    .filter((line) => line !== 'request')
    .slice(-3);
  return `the last one (pid ${record.pid}) died: ${lines.join(' · ') || 'its log is empty'}`;
}
