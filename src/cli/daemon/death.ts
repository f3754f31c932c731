import { deathsOfLoop, loopMinutes, recentDeaths } from '../../shared/crash-loop.js';
import { KdramaError } from '../../shared/errors.js';
import { readDaemonRecord } from './address.js';
import { daemonLogPath } from './log-path.js';
import { logTail } from './log-tail.js';
import { isAlive } from './process-alive.js';

/** Of a daemon that was not stopped: only who stops in order takes daemon.json away. */
export interface Death {
  /** Who died, and what it wrote last. */
  readonly words: string;
  /** It and others before it, in the last minutes. */
  readonly count: number;
}

/** How this home's daemon died; undefined when it was stopped, runs or never ran. */
export function lastDeath(home: string, now: number): Death | undefined {
  const record = readDaemonRecord(home);
  if (record === undefined || isAlive(record.pid)) return undefined;
  // What it was asked says nothing of why it died.
  const lines = logTail(daemonLogPath(home), 0, 50)
    .filter((line) => line !== 'request')
    .slice(-3);
  return {
    words: `the last one (pid ${record.pid}) died: ${lines.join(' · ') || 'its log is empty'}`,
    count: 1 + recentDeaths(record.deaths ?? [], now).length,
  };
}

/** Throws DAEMON_UNREACHABLE after so many deaths that another start would only be the next one. */
export function refuseLoop({ words, count }: Death, home: string): void {
  if (count < deathsOfLoop) return;
  throw new KdramaError(
    'DAEMON_UNREACHABLE',
    `it died ${count} times within ${loopMinutes} minutes and is not started again by itself; ${words}`,
    {
      hint: `"kdrama start" tries it once more; the whole log is ${daemonLogPath(home)}.`,
    },
  );
}
