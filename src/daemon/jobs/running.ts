import PQueue from 'p-queue';
import { newId } from '../../shared/ids.js';
import type { Attempt, InOrder } from './attempt.js';

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

  /** All attempts of a job publish in one order. */
  inOrderOf(jobId: string): InOrder {
    const queue = this.#publishing.get(jobId) ?? new PQueue({ concurrency: 1 });
    this.#publishing.set(jobId, queue);
    return (publish) => queue.add(publish);
  }

  /** Nothing of the job runs any more. */
  forget(jobId: string): void {
    this.#publishing.delete(jobId);
  }
}

/** Resolves when all of them have ended, their ends recorded. */
export async function endOfAll(attempts: readonly Attempt[]): Promise<void> {
  const ends = attempts.map(
    (attempt) => new Promise<void>((resolve) => attempt.whenEnded(newId(), resolve)),
  );
  await Promise.all(ends);
}
