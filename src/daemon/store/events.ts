import type { Connection } from './open.js';

export const eventTypes = [
  'job.created',
  'job.planned',
  'job.progress',
  'job.paused',
  'job.resumed',
  'job.retried',
  'job.cancelled',
  'job.failed',
  'job.completed',
  'video.playable',
] as const;
export type EventType = (typeof eventTypes)[number];

export interface StoredEvent {
  /** Rises with every event: what a client sends back as Last-Event-ID. */
  readonly id: number;
  readonly jobId: string;
  readonly type: EventType;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: number;
}

type Row = Omit<StoredEvent, 'data'> & { data: string };

export type EventStore = ReturnType<typeof eventStore>;

/** What happened to jobs, in order; written in the transaction that made it happen. */
export function eventStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO events (job_id, type, data, at) VALUES (@jobId, @type, @data, @at)`,
  );
  const after = connection.prepare<[number, number], Row>(
    `SELECT id, job_id AS jobId, type, data, at FROM events WHERE id > ? ORDER BY id LIMIT ?`,
  );
  const ofJob = connection.prepare<[string, number, number], Row>(
    `SELECT id, job_id AS jobId, type, data, at FROM events
     WHERE job_id = ? AND id > ? ORDER BY id LIMIT ?`,
  );
  return {
    add(event: Omit<StoredEvent, 'id'>): number {
      const { lastInsertRowid } = insert.run({ ...event, data: JSON.stringify(event.data) });
      return Number(lastInsertRowid);
    },
    /** Events with a higher id, oldest first. */
    after: (id: number, limit = 1000): StoredEvent[] => after.all(id, limit).map(fromRow),
    ofJob: (jobId: string, afterId = 0, limit = 1000): StoredEvent[] =>
      ofJob.all(jobId, afterId, limit).map(fromRow),
  };
}

function fromRow(row: Row): StoredEvent {
  return { ...row, data: JSON.parse(row.data) as Record<string, unknown> };
}
