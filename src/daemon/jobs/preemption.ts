import type { Rank, TaskRow } from '../store/tasks.js';

type Candidate = Pick<TaskRow, 'id' | 'rank' | 'priority' | 'firstSegment'>;

/** Which running task gives way to one of `rank`: of those less urgent the one claimed last of all. */
export function leastImportant<Task extends Candidate>(
  running: readonly Task[],
  rank: Rank,
): Task | undefined {
  return running
    .filter((task) => task.rank > rank)
    .toSorted(
      (a, b) =>
        b.rank - a.rank ||
        b.priority - a.priority ||
        b.firstSegment - a.firstSegment ||
        b.id - a.id,
    )[0];
}
