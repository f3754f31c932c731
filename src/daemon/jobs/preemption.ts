import type { TaskRow } from '../store/tasks.js';

type Candidate = Pick<TaskRow, 'id' | 'rank' | 'priority' | 'firstSegment'>;

/** Which running task gives way to a viewer: the one claimed last of all, never another demand. */
export function leastImportant<Task extends Candidate>(running: readonly Task[]): Task | undefined {
  return running
    .filter((task) => task.rank > 0)
    .toSorted(
      (a, b) =>
        b.rank - a.rank ||
        b.priority - a.priority ||
        b.firstSegment - a.firstSegment ||
        b.id - a.id,
    )[0];
}
