import type { EventType, JobView } from '../../shared/contract/index.js';
import type { Connection } from './open.js';

export interface StoredEvent {
  /** Rises with every event and is never used twice. */
  readonly id: number;
  readonly jobId: string;
  /** Whose job it is. */
  readonly owner: string;
  readonly type: EventType;
  /** The job when this had happened. */
  readonly data: JobView;
  /** Milliseconds since 1970. */
  readonly at: number;
}

type Row = Omit<StoredEvent, 'data'> & { data: string };

const columns = `id, job_id AS jobId, owner, type, data, at`;

export type EventStore = ReturnType<typeof eventStore>;

/** What happened to jobs, in order; written in the transaction that made it happen. */
export function eventStore(connection: Connection) {
  const dropProgress = connection.prepare<[string]>(
    `DELETE FROM events WHERE job_id = ? AND type = 'job.progress'`,
  );
  const insert = connection.prepare(
    `INSERT INTO events (job_id, owner, type, data, at) VALUES (@jobId, @owner, @type, @data, @at)`,
  );
  return {
    ...eventReads(connection),
    ...eventPruning(connection),
    /**
     * Each event says all of its job, so a progress of before is not worth keeping: whoever resumes
     * behind it gets this one.
     */
    add(event: Omit<StoredEvent, 'id'>): number {
      dropProgress.run(event.jobId);
      const { lastInsertRowid } = insert.run({ ...event, data: JSON.stringify(event.data) });
      return Number(lastInsertRowid);
    },
  };
}

function eventReads(connection: Connection) {
  const after = connection.prepare<[number, number], Row>(
    `SELECT ${columns} FROM events WHERE id > ? ORDER BY id LIMIT ?`,
  );
  const ofJob = connection.prepare<[string, number, number], Row>(
    `SELECT ${columns} FROM events WHERE job_id = ? AND id > ? ORDER BY id LIMIT ?`,
  );
  const newest = connection.prepare<[string], Row>(
    `SELECT ${columns} FROM events WHERE job_id = ? ORDER BY id DESC LIMIT 1`,
  );
  // Kept by AUTOINCREMENT, also when the newest rows were deleted.
  const lastId = connection
    .prepare<[], number>(`SELECT seq FROM sqlite_sequence WHERE name = 'events'`)
    .pluck();
  return {
    /** Events with a higher id, oldest first. */
    after: (id: number, limit = 1000): StoredEvent[] => after.all(id, limit).map(fromRow),
    ofJob: (jobId: string, afterId = 0, limit = 1000): StoredEvent[] =>
      ofJob.all(jobId, afterId, limit).map(fromRow),
    newestOf(jobId: string): StoredEvent | undefined {
      const row = newest.get(jobId);
      return row && fromRow(row);
    },
    /** Of the newest event that there ever was; 0 when there was none. */
    lastId: (): number => lastId.get() ?? 0,
  };
}

function eventPruning(connection: Connection) {
  const prunedTo = connection
    .prepare<[], number>(`SELECT pruned_to FROM event_horizon WHERE id = 1`)
    .pluck();
  const raise = connection.prepare(
    `UPDATE event_horizon SET pruned_to =
       max(pruned_to, coalesce((SELECT max(id) FROM events WHERE at < ?), 0)) WHERE id = 1`,
  );
  const prune = connection.prepare(`DELETE FROM events WHERE at < ?`);
  return {
    /** Behind this id everything is still there; up to it events may be gone. */
    prunedTo: (): number => prunedTo.get() ?? 0,
    /** Forgets what happened before then (milliseconds since 1970). Returns how many events. */
    prune: connection.transaction((before: number): number => {
      raise.run(before);
      return prune.run(before).changes;
    }),
  };
}

function fromRow(row: Row): StoredEvent {
  return { ...row, data: JSON.parse(row.data) as JobView };
}
