/** A job that is planned and neither ended nor paused, as what it still needs of the machine. */
export interface LiveJob {
  readonly id: string;
  /** 0 high, 1 normal, 2 low. */
  readonly priority: number;
  readonly durationSeconds: number;
  /** Of a second of its media, in all renditions. See progress.ts. */
  readonly workPerSecond: number;
  readonly left: number;
}

/**
 * The work that is done until this job is: its own, and what is claimed before its last task. Equals
 * are made side by side, position by position, so of a longer episode only the part up to the end
 * of this one counts; more important ones come first altogether (store/tasks.ts, the claim).
 */
export function workUntilDone(job: LiveJob, all: readonly LiveJob[]): number {
  return all
    .filter(({ id }) => id !== job.id)
    .reduce((sum, other) => sum + workBefore(job, other), job.left);
}

function workBefore(job: LiveJob, other: LiveJob): number {
  if (other.priority < job.priority) return other.left;
  if (other.priority > job.priority) return 0;
  const beyond = Math.max(0, other.durationSeconds - job.durationSeconds) * other.workPerSecond;
  return Math.max(0, other.left - beyond);
}
