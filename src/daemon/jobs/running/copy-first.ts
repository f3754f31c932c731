import { isUniversal } from '../../../shared/renditions.js';
import type { TaskRow } from '../../store/tasks.js';
import type { JobContext } from '../context/context.js';
import { standStill } from './stand-still.js';

/** A copy that has no first segment by then, of a slow disk, is not waited for. */
const patienceMs = 1_000;

/**
 * A copied picture plays as soon as its beginning is cut out, which takes a moment. An encoder of the same episode that
 * is started beside it takes the cores from it: it waits for that moment, unless a viewer waits for what it makes.
 */
export async function copyFirst(
  { store, bus, waits, clock }: Pick<JobContext, 'store' | 'bus' | 'waits' | 'clock'>,
  task: TaskRow,
  signal: AbortSignal,
): Promise<void> {
  if (task.kind !== 'encode' || task.rank === 0) return;
  const isPicture = (id: string) => {
    const traits = store.renditions.find(id)?.traits;
    return traits?.kind === 'video' && isUniversal(traits);
  };
  const now = clock.now();
  const pictures = store.tasks
    .ofJob(task.jobId)
    .filter((other) => other.kind === 'copy' && other.firstSegment === 0 && runsNow(other, now))
    .flatMap(({ renditions }) => renditions.filter(isPicture));
  const isBegun = () => pictures.every((id) => store.segments.find(id, 0) !== undefined);
  const mayGoOn = () => isBegun() || waits.areFor(task);
  await standStill(bus, ['segment', 'waits'], mayGoOn, { signal, mostMs: patienceMs });
}

/** Or is claimed in the same moment; one that backs off is not. */
function runsNow({ state, notBefore }: TaskRow, now: number): boolean {
  return state === 'running' || (state === 'queued' && notBefore <= now);
}
