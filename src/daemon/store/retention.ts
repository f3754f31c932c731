import type { Connection } from './open.js';

/** A job that ended long ago, as far as forgetting it needs to know. */
export interface EndedJob {
  readonly rowId: number;
  readonly id: string;
  readonly videoId: string;
  readonly planId: string | null;
  readonly endedAt: number;
  /** A job of its video was asked for later, and nobody plays its plan any more. */
  readonly isSuperseded: boolean;
}

type Row = Omit<EndedJob, 'isSuperseded'> & { isSuperseded: number };

export type RetentionStore = ReturnType<typeof retentionStore>;

/** What was finished long ago, page by page, and taking it out of the database. */
export function retentionStore(connection: Connection) {
  const ended = connection.prepare<
    [{ before: number; settledBefore: number; endedAt: number; rowId: number; limit: number }],
    Row
  >(
    `SELECT j.rowid AS rowId, j.id, j.video_id AS videoId, j.plan_id AS planId,
       j.ended_at AS endedAt,
       EXISTS (SELECT 1 FROM jobs n WHERE n.video_id = j.video_id
         AND (n.asked_at, n.rowid) > (j.asked_at, j.rowid))
       AND v.plan_id IS NOT j.plan_id
       AND NOT EXISTS (SELECT 1 FROM jobs p WHERE p.plan_id = v.plan_id
         AND (p.ended_at IS NULL OR p.ended_at > @settledBefore)) AS isSuperseded
     FROM jobs j JOIN videos v ON v.id = j.video_id
     WHERE j.ended_at < @before AND (j.ended_at, j.rowid) > (@endedAt, @rowId)
     ORDER BY j.ended_at, j.rowid LIMIT @limit`,
  );
  const removeTasks = connection.prepare(
    `DELETE FROM tasks WHERE job_id = ? AND state NOT IN ('queued', 'running')`,
  );
  const removeJob = connection.prepare(`DELETE FROM jobs WHERE id = ?`);
  const removePlan = connection.prepare(`DELETE FROM plans WHERE id = ?`);
  return {
    /**
     * The next of the jobs that ended before then, the oldest first. Superseded only counts when
     * the plan that is played now was ready before `settledBefore`.
     */
    ended(
      wanted: { readonly before: number; readonly settledBefore: number; readonly limit: number },
      after: Pick<EndedJob, 'endedAt' | 'rowId'> = { endedAt: 0, rowId: 0 },
    ): EndedJob[] {
      const { endedAt, rowId } = after;
      return ended
        .all({ ...wanted, endedAt, rowId })
        .map((row) => ({ ...row, isSuperseded: row.isSuperseded === 1 }));
    },
    /** How it was made; that it was made stays, and what is being made on demand. */
    forgetTasks: (jobId: string): void => {
      removeTasks.run(jobId);
    },
    /** A job with all that hangs on it: tasks, callbacks, deliveries, plan, renditions, segments. */
    forget({ id, planId }: Pick<EndedJob, 'id' | 'planId'>): void {
      removeJob.run(id);
      if (planId !== null) removePlan.run(planId);
    },
  };
}
