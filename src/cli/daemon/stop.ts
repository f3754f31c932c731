import { KdramaError } from '../../shared/errors.js';
import type { JobState } from '../../shared/states.js';
import type { Deps } from '../deps.js';
import { readDaemonRecord } from './address.js';
import { findLocal } from './connect.js';
import { isAlive } from './process-alive.js';

const patienceMs = 10_000;
const pauseMs = 50;
const drainPauseMs = 200;

/**
 * Stops this home's daemon and waits until its process is gone. Returns its pid, or undefined when
 * none runs. Only a process that its own /health confirms is signalled: a pid from a file may
 * belong to another program by now. Throws DAEMON_UNREACHABLE when it hangs.
 */
export async function stopDaemon(deps: Deps): Promise<number | undefined> {
  const found = await findLocal(deps);
  if (found === undefined) return undefined;
  const { pid } = found.health;
  process.kill(pid, 'SIGTERM');
  const deadline = deps.clock.monotonic() + patienceMs;
  while (isAlive(pid)) {
    if (deps.clock.monotonic() > deadline)
      throw hanging(pid, `still runs ${patienceMs / 1000} s after SIGTERM`);
    await deps.clock.sleep(pauseMs, deps.signal);
  }
  return pid;
}

export interface Drained {
  readonly pid: number;
  /** Jobs that were not done when they were last seen: they go on at the next start. */
  readonly unfinished: number;
}

const goingOn: readonly JobState[] = ['processing', 'queued', 'submitted'];

/**
 * The same once the tasks that run have ended, however long that takes; `onWait` is called when that
 * begins. Ctrl-C leaves it to do so by itself.
 */
export async function drainDaemon(deps: Deps, onWait: () => void): Promise<Drained | undefined> {
  const found = await findLocal(deps);
  if (found === undefined) return undefined;
  const { api, health } = found;
  let jobs = await api.jobs(goingOn);
  await api.drain();
  onWait();
  while (isAlive(health.pid)) {
    await deps.clock.sleep(drainPauseMs, deps.signal);
    jobs = await api.jobs(goingOn).catch(() => jobs);
  }
  return { pid: health.pid, unfinished: jobs.length };
}

/** Throws DAEMON_UNREACHABLE when the process that daemon.json names exists but does not answer. */
export function refuseToGuess(deps: Deps): void {
  const record = readDaemonRecord(deps.home);
  if (record !== undefined && isAlive(record.pid)) throw hanging(record.pid, 'does not answer');
}

function hanging(pid: number, how: string): KdramaError {
  return new KdramaError('DAEMON_UNREACHABLE', `process ${pid} ${how}`, {
    hint: `If process ${pid} is kdrama, end it with "kill -9 ${pid}": nothing is lost.`,
  });
}
