import { newId } from '../../../shared/ids.js';
import type { Rank, TaskRow } from '../../store/tasks.js';
import { announceChange } from '../views/announce.js';
import type { JobContext } from '../context/context.js';
import type { Lane } from './lanes.js';

/** A task that is running now. */
export type ClaimedTask = TaskRow & {
  /** Names this run of it. */
  readonly attempt: string;
};

/** Takes the best waiting task of a lane, of no rank beyond `limit`; the job is told to have begun. */
export function claimBest(
  context: JobContext,
  lane: Lane,
  limit: Rank,
  now: number,
): ClaimedTask | undefined {
  const { store } = context;
  const attempt = newId();
  return store.transaction(() => {
    const claimed = store.tasks.claim(lane.takes, attempt, now, limit);
    if (claimed === undefined) return undefined;
    store.jobs.claimed(claimed.jobId, claimed.kind, now);
    announceChange(context, { id: claimed.jobId });
    return { ...claimed, attempt };
  });
}
