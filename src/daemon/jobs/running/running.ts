import PQueue from 'p-queue';
import { newId } from '../../../shared/ids.js';
import type { TaskRow } from '../../store/tasks.js';
import type { Attempt, InOrder, Neighbours } from './attempt.js';
import type { Waits } from '../context/waits.js';

/** What runs right now. */
export class Running {
  readonly #attempts = new Map<number, Attempt>();
  readonly #publishing = new Map<string, PQueue>();

  get all(): Attempt[] {
    return [...this.#attempts.values()];
  }

  ofTask(taskId: number): Attempt | undefined {
    return this.#attempts.get(taskId);
  }

  ofJob(jobId: string): Attempt[] {
    return this.all.filter(({ task }) => task.jobId === jobId);
  }

  add(attempt: Attempt): void {
    this.#attempts.set(attempt.task.id, attempt);
  }

  remove({ task }: Attempt): void {
    this.#attempts.delete(task.id);
  }

  /** What runs beside a task, as far as that matters to it. */
  besides({ id, jobId }: TaskRow, waits: Pick<Waits, 'areFor'>): Neighbours {
    const areAwaited = () =>
      this.all.some(({ task }) => task.id !== id && isShort(task) && waits.areFor(task));
    return { inOrder: this.#inOrderOf(jobId), areAwaited };
  }

  /** All attempts of a job publish in one order. */
  #inOrderOf(jobId: string): InOrder {
    const queue = this.#publishing.get(jobId) ?? new PQueue({ concurrency: 1 });
    this.#publishing.set(jobId, queue);
    return (publish) => queue.add(publish);
  }

  /** Nothing of the job runs any more. */
  forget(jobId: string): void {
    this.#publishing.delete(jobId);
  }
}

/** Whoever waits for what it makes has that soon. The copy of an episode holds also what others are cut out for. */
function isShort({ kind, rank }: TaskRow): boolean {
  return kind !== 'copy' || rank === 0;
}

/** Resolves when all of them have ended, their ends recorded. */
export async function endOfAll(attempts: readonly Attempt[]): Promise<void> {
  const ends = attempts.map(
    (attempt) => new Promise<void>((resolve) => attempt.whenEnded(newId(), resolve)),
  );
  await Promise.all(ends);
}
