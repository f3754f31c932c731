import type { Connection } from './open.js';
import {
  columns,
  fromRow,
  type Row,
  type LaneName,
  type Rank,
  type NewTask,
  type TaskRow,
  type Ownership,
  type TaskOutcome,
  type TaskRange,
} from './task.js';

export type {
  LaneName,
  Rank,
  NewTask,
  TaskRow,
  Ownership,
  TaskOutcome,
  TaskRange,
} from './task.js';
export { laneNames } from './task.js';

const unspent = { failures: 0, deaths: 0 };

export type TaskStore = ReturnType<typeof taskStore>;

export function taskStore(connection: Connection) {
  return { ...taskReads(connection), ...taskWrites(connection), ...attemptWrites(connection) };
}

function taskReads(connection: Connection) {
  const byId = connection.prepare<[number], Row>(`SELECT ${columns} FROM tasks WHERE id = ?`);
  const ofJob = connection.prepare<[string], Row>(
    `SELECT ${columns} FROM tasks WHERE job_id = ? ORDER BY id`,
  );
  const running = connection.prepare<[], Row>(
    `SELECT ${columns} FROM tasks WHERE state = 'running' ORDER BY id`,
  );
  const demanded = connection.prepare<[], Row>(
    `SELECT ${columns} FROM tasks WHERE state = 'queued' AND rank = 0`,
  );
  const holding = connection.prepare<[{ jobId: string; rendition: string; number: number }], Row>(
    `SELECT ${columns} FROM tasks
     WHERE job_id = @jobId AND state IN ('queued', 'running')
       AND first_segment <= @number AND first_segment + segments > @number
       AND EXISTS (SELECT 1 FROM json_each(renditions) WHERE value = @rendition)
     ORDER BY rank, segments, id LIMIT 1`,
  );
  const failed = connection
    .prepare<[{ jobId: string; rendition: string; number: number }], number>(
      `SELECT count(*) FROM tasks
       WHERE job_id = @jobId AND state = 'failed'
         AND first_segment <= @number AND first_segment + segments > @number
         AND EXISTS (SELECT 1 FROM json_each(renditions) WHERE value = @rendition)`,
    )
    .pluck();
  const open = connection
    .prepare<[string], number>(
      `SELECT count(*) FROM tasks WHERE job_id = ? AND state IN ('queued', 'running')`,
    )
    .pluck();
  const setback = connection.prepare<[string], Row>(
    `SELECT ${columns} FROM tasks
     WHERE job_id = ? AND failures > 0 AND state IN ('queued', 'running')
     ORDER BY failures DESC, id LIMIT 1`,
  );
  const urgent = connection
    .prepare<[{ lanes: string; rank: number; now: number }], number>(
      `SELECT count(*) FROM tasks t JOIN jobs j ON j.id = t.job_id
       WHERE t.state = 'queued' AND t.lane IN (SELECT value FROM json_each(@lanes))
         AND t.rank <= @rank AND t.not_before <= @now AND j.paused = 0 AND j.cancelled_at IS NULL AND j.failure IS NULL`,
    )
    .pluck();
  const nextDue = connection
    .prepare<[number], number | null>(
      `SELECT min(not_before) FROM tasks WHERE state = 'queued' AND not_before > ?`,
    )
    .pluck();
  return {
    find(id: number): TaskRow | undefined {
      const row = byId.get(id);
      return row && fromRow(row);
    },
    ofJob: (jobId: string): TaskRow[] => ofJob.all(jobId).map(fromRow),
    running: (): TaskRow[] => running.all().map(fromRow),
    /** Those that wait and were put first for a viewer. */
    demanded: (): TaskRow[] => demanded.all().map(fromRow),
    /** The waiting or running task that will make this segment: the most urgent, then shortest. */
    holding(jobId: string, rendition: string, number: number): TaskRow | undefined {
      const row = holding.get({ jobId, rendition, number });
      return row && fromRow(row);
    },
    /** Whether making this segment was given up. */
    hasFailed: (jobId: string, rendition: string, number: number): boolean =>
      (failed.get({ jobId, rendition, number }) ?? 0) > 0,
    countOpen: (jobId: string): number => open.get(jobId) ?? 0,
    /** The task of a job that has failed most often and is tried again. */
    setback(jobId: string): TaskRow | undefined {
      const row = setback.get(jobId);
      return row && fromRow(row);
    },
    /** How many waiting tasks of these lanes are of this rank or a more urgent one. */
    countUrgent: (lanes: readonly LaneName[], rank: Rank, now: number): number =>
      urgent.get({ lanes: JSON.stringify(lanes), rank, now }) ?? 0,
    /** When the next task that backs off may run; null when none does. */
    nextDue: (now: number): number | null => nextDue.get(now) ?? null,
  };
}

function taskWrites(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO tasks (job_id, kind, state, lane, rank, demanded_at, priority, first_segment,
       segments, renditions, failures, deaths)
     VALUES (@jobId, @kind, 'queued', @lane, @rank, @demandedAt, @priority, @firstSegment,
       @segments, @renditions, @failures, @deaths)`,
  );
  const remove = connection.prepare(`DELETE FROM tasks WHERE id = ? AND state = 'queued'`);
  const removeUnfinished = connection.prepare(
    `DELETE FROM tasks WHERE job_id = ? AND state IN ('queued', 'failed', 'cancelled')`,
  );
  const setRange = connection.prepare(
    `UPDATE tasks SET first_segment = @firstSegment, segments = @segments,
       renditions = @renditions WHERE id = @id AND state = 'queued'`,
  );
  const setRank = connection.prepare(
    `UPDATE tasks SET rank = ?, demanded_at = ? WHERE id = ? AND state IN ('queued', 'running')`,
  );
  const setPriority = connection.prepare(`UPDATE tasks SET priority = ? WHERE job_id = ?`);
  const cancelWaiting = connection.prepare(
    `UPDATE tasks SET state = 'cancelled' WHERE job_id = ? AND state = 'queued'`,
  );
  return {
    /** Waits from now on. A row that was split from another has spent what that one has. */
    insert(task: NewTask, spent: Pick<TaskRow, 'failures' | 'deaths'> = unspent): number {
      const { failures, deaths } = spent;
      const renditions = JSON.stringify(task.renditions);
      const row = { demandedAt: 0, ...task, renditions, failures, deaths };
      return Number(insert.run(row).lastInsertRowid);
    },
    removeWaiting: (id: number): boolean => remove.run(id).changes === 1,
    removeUnfinished: (jobId: string): void => {
      removeUnfinished.run(jobId);
    },
    setRange: (id: number, { firstSegment, segments, renditions }: TaskRange): boolean =>
      setRange.run({ id, firstSegment, segments, renditions: JSON.stringify(renditions) })
        .changes === 1,
    setRank: (id: number, rank: Exclude<Rank, 0>): boolean =>
      setRank.run(rank, 0, id).changes === 1,
    /** A viewer waits for it since then. */
    demand: (id: number, since: number): boolean => setRank.run(0, since, id).changes === 1,
    setPriority: (jobId: string, priority: number): void => {
      setPriority.run(priority, jobId);
    },
    cancelWaiting: (jobId: string): void => {
      cancelWaiting.run(jobId);
    },
  };
}

function attemptWrites(connection: Connection) {
  // The best of each lane is one look-up in the index of the claim; of these the best is taken.
  // Cancelled and failed jobs have no waiting tasks; pausing leaves them where they are.
  const claim = connection.prepare<
    [{ lanes: string; attempt: string; now: number; leastUrgent: Rank }],
    Row
  >(
    `UPDATE tasks SET state = 'running', attempt = @attempt
     WHERE id = (
       SELECT best.id FROM json_each(@lanes) lane JOIN tasks best ON best.id = (
         SELECT t.id FROM tasks t JOIN jobs j ON j.id = t.job_id
         WHERE t.state = 'queued' AND t.lane = lane.value AND t.rank <= @leastUrgent
           AND t.not_before <= @now AND j.paused = 0 AND j.cancelled_at IS NULL AND j.failure IS NULL
         ORDER BY t.rank, t.demanded_at, t.priority, t.first_segment, t.id LIMIT 1)
       ORDER BY best.rank, best.demanded_at, best.priority, best.first_segment, best.id LIMIT 1)
     RETURNING ${columns}`,
  );
  const published = connection.prepare(
    `UPDATE tasks SET deaths = 0 WHERE id = @id AND attempt = @attempt AND state = 'running'`,
  );
  const end = connection.prepare(
    `UPDATE tasks SET state = @state, attempt = NULL, failures = @failures, deaths = @deaths,
       error = @error, not_before = @notBefore
     WHERE id = @id AND attempt = @attempt AND state = 'running'`,
  );
  return {
    /** Takes the best waiting task of these lanes; the attempt is its fencing token from now on. */
    claim(
      lanes: readonly LaneName[],
      attempt: string,
      now: number,
      leastUrgent: Rank = 2,
    ): TaskRow | undefined {
      const row = claim.get({ lanes: JSON.stringify(lanes), attempt, now, leastUrgent });
      return row && fromRow(row);
    },
    /** Something new is on the disk: deaths are counted from here. False when not the owner. */
    published: ({ id, attempt }: Ownership): boolean =>
      published.run({ id, attempt }).changes === 1,
    /** Ends the attempt. False, and nothing changed, when it does not own the task any more. */
    end: ({ id, attempt }: Ownership, outcome: TaskOutcome): boolean =>
      end.run({
        id,
        attempt,
        ...outcome,
        error: outcome.error && JSON.stringify(outcome.error),
      }).changes === 1,
  };
}
