import { existsSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { newId } from '../../../shared/ids.js';
import type { EndedJob } from '../../store/retention.js';
import type { JobContext } from '../context/context.js';

export type RetentionContext = Pick<JobContext, 'store' | 'layout' | 'clock'>;

const dayMs = 24 * 60 * 60 * 1000;
/** So short that nobody waits for a commit behind it. */
const jobsAtOnce = 50;

/**
 * Forgets what was finished more than `days` ago, and never a video: of every job its tasks, events
 * and deliveries; of one that a newer job of the same video has replaced all of it, its files too.
 * See docs/decisions/0007-retention.md. Resolves when all is done.
 */
export async function forgetFinished(
  context: RetentionContext,
  days: number,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock } = context;
  const before = clock.now() - days * dayMs;
  // Who began to watch the replaced plan may still be at it.
  const settledBefore = clock.now() - dayMs;
  let last: EndedJob | undefined;
  do {
    const wanted = { before, settledBefore, limit: jobsAtOnce };
    const jobs = store.retention.ended(wanted, last);
    await forget(context, jobs);
    last = jobs.at(-1);
    // Everything else goes first.
    await setImmediate();
  } while (last !== undefined && !signal.aborted);
  store.transaction(() => store.events.prune(before));
  store.transaction(() => store.deliveries.prune(before));
}

async function forget({ store, layout }: RetentionContext, jobs: readonly EndedJob[]) {
  const leftovers = store.transaction(() =>
    jobs.flatMap((job) => {
      store.retention.forgetTasks(job.id);
      // Without its directory the whole disk may be away: what lies there would never be removed.
      if (!job.isSuperseded || !existsSync(layout.video(job.videoId))) return [];
      store.retention.forget(job);
      return setAside(layout, job) ?? [];
    }),
  );
  for (const path of leftovers) await rm(path, { recursive: true, force: true });
}

/**
 * Moves a plan's files to where the next start sweeps, in the same breath as its rows go: neither a
 * crash nor a retry that comes between finds one without the other.
 */
function setAside(
  layout: RetentionContext['layout'],
  { videoId, planId }: EndedJob,
): string | undefined {
  const from = planId === null ? undefined : layout.plan(videoId, planId);
  if (from === undefined || !existsSync(from)) return undefined;
  const to = layout.attempt(newId());
  renameSync(from, to);
  return to;
}
