import { jobSettings, type JobSettings, type JobView } from '../../../shared/contract/index.js';
import { finalJobStates } from '../../../shared/states.js';
import { isLimited } from '../../jobs/commands/same-settings.js';
import type { Store } from '../../store/store.js';
import { awaitJob, type JobWatch } from './await-job.js';

/** A probe takes milliseconds; where it has to wait for its turn, nobody waits for longer. */
const patienceSeconds = 8;

/**
 * Whether a limit is one can be told once the source is known: a client that asks for its whole
 * ladder right after the upload means the job that has begun. Waits for its probe, a moment at most.
 */
export async function awaitProbe(
  watch: JobWatch & { readonly store: Pick<Store, 'jobs'> },
  videoId: string,
  settings: Partial<JobSettings> = {},
  signal: AbortSignal,
): Promise<void> {
  if (!isLimited(settings) || watch.jobs.view(videoId) === undefined) return;
  const same = watch.store.jobs.findBySettings(videoId, jobSettings.parse(settings));
  if (same !== undefined) return;
  await awaitJob(watch, videoId, isProbed, patienceSeconds, signal);
}

/** Or will not be any time soon. */
function isProbed({ renditions, status }: JobView): boolean {
  return renditions.length > 0 || status === 'paused' || finalJobStates.includes(status);
}
