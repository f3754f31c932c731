import type { JobView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import type { Api } from '../api/client.js';
import type { Clock } from '../deps.js';

export interface Follow {
  /** Finds the daemon, again after it was restarted at another address. */
  readonly connect: () => Promise<Api>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const firstPauseMs = 100;
const longestPauseMs = 1000;
/** A daemon that is killed and started again within this time is not worth a failed script. */
const patienceMs = 30_000;

/**
 * Reads a job until `isEnough` and returns its last view; every view goes to `onView` too. Throws
 * TRANSCODE_JOB_NOT_FOUND, DAEMON_UNREACHABLE when the daemon stays away, the signal's reason.
 */
export async function followJob(
  id: string,
  follow: Follow,
  isEnough: (job: JobView) => boolean,
  onView: (job: JobView) => void = () => undefined,
): Promise<JobView> {
  const { clock, signal } = follow;
  let pause = firstPauseMs;
  let api = await follow.connect();
  for (;;) {
    const job = await patiently(follow, async (again) => {
      if (again) api = await follow.connect();
      return await api.job(id);
    });
    onView(job);
    if (isEnough(job)) return job;
    await clock.sleep(pause, signal);
    pause = Math.min(pause * 1.3, longestPauseMs);
  }
}

async function patiently<T>(
  { clock, signal }: Follow,
  attempt: (again: boolean) => Promise<T>,
): Promise<T> {
  let awaySince: number | undefined;
  for (let again = false; ; again = true) {
    try {
      return await attempt(again);
    } catch (error) {
      const isAway = error instanceof KdramaError && error.code === 'DAEMON_UNREACHABLE';
      awaySince ??= clock.monotonic();
      if (!isAway || clock.monotonic() - awaySince > patienceMs) throw error;
      await clock.sleep(longestPauseMs, signal);
    }
  }
}
