import { isUniversal } from '../../shared/renditions.js';
import type { Job } from '../store/jobs.js';
import type { TaskRow } from '../store/tasks.js';
import type { JobContext } from './context.js';
import { standStill } from './stand-still.js';
import { isOpen } from './task-states.js';

/** A copy that has no first segment by then, of a slow disk, is not waited for. */
const patienceMs = 1_000;

/**
 * A copied picture plays as soon as its beginning is cut out, which takes a moment. An encoder of the same episode that is started beside
 * it takes the cores from it: it waits for that moment, unless a viewer waits for what it makes.
 */
export async function copyFirst(
  { store, bus }: Pick<JobContext, 'store' | 'bus'>,
  job: Pick<Job, 'id'>,
  task: TaskRow,
  signal: AbortSignal,
): Promise<void> {
  const isPlayable = () => typeof store.jobs.find(job.id)?.playableAt === 'number';
  if (task.kind !== 'encode' || task.rank === 0 || isPlayable()) return;
  const isPicture = (id: string) => {
    const traits = store.renditions.find(id)?.traits;
    return traits?.kind === 'video' && isUniversal(traits);
  };
  const copies = store.tasks
    .ofJob(job.id)
    .filter((other) => other.kind === 'copy' && other.firstSegment === 0 && isOpen(other));
  if (!copies.some(({ renditions }) => renditions.some(isPicture))) return;
  await standStill(bus, ['video'], isPlayable, { signal, mostMs: patienceMs });
}
