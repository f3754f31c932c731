import type { DeliveryState, WebhookMessage, WebhookType } from '../../shared/contract/index.js';
import type { Connection } from './open.js';

/** A webhook to be sent, or what became of it. Times are milliseconds since 1970. */
export interface DeliveryRow {
  /** The webhook-id: the same at each attempt. */
  readonly id: string;
  readonly jobId: string;
  readonly type: WebhookType;
  /** `global`: it goes to where notify.url points when it is sent. */
  readonly target: 'job' | 'global';
  readonly url: string;
  /** Of the url, with its port. */
  readonly host: string;
  readonly message: WebhookMessage;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAt: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly attemptedAt: number | null;
  readonly createdAt: number;
  readonly endedAt: number | null;
}

export type NewDelivery = Pick<
  DeliveryRow,
  'id' | 'jobId' | 'type' | 'target' | 'url' | 'host' | 'message' | 'createdAt'
>;

/** What one attempt came to. `nextAt` is null when there will be no other. */
export interface AttemptOutcome {
  readonly state: DeliveryState;
  readonly at: number;
  readonly nextAt: number | null;
  readonly status: number | null;
  readonly error: string | null;
}

type Row = Omit<DeliveryRow, 'message'> & { message: string };

const columns = `id, job_id AS jobId, type, target, url, host, message, state, attempts,
  next_at AS nextAt, last_status AS lastStatus, last_error AS lastError,
  attempted_at AS attemptedAt, created_at AS createdAt, ended_at AS endedAt`;

export type DeliveryStore = ReturnType<typeof deliveryStore>;

/** Webhooks: queued in the transaction of the event they tell of, and kept as a log. */
export function deliveryStore(connection: Connection) {
  return {
    ...deliveryReads(connection),
    ...deliveryWrites(connection),
    callbacks: callbackStore(connection),
  };
}

function deliveryReads(connection: Connection) {
  const due = connection.prepare<[{ now: number; ids: string; hosts: string }], Row>(
    `SELECT ${columns} FROM deliveries
     WHERE state = 'waiting' AND next_at <= @now
       AND id NOT IN (SELECT value FROM json_each(@ids))
       AND host NOT IN (SELECT value FROM json_each(@hosts))
     ORDER BY next_at, rowid LIMIT 1`,
  );
  const nextAt = connection
    .prepare<[string, string], number | null>(
      `SELECT min(next_at) FROM deliveries
       WHERE state = 'waiting' AND id NOT IN (SELECT value FROM json_each(?))
         AND host NOT IN (SELECT value FROM json_each(?))`,
    )
    .pluck();
  const ofJob = connection.prepare<[string], Row>(
    `SELECT ${columns} FROM deliveries WHERE job_id = ? ORDER BY created_at, rowid`,
  );
  return {
    /** The one that is due longest, leaving out some ids and hosts. */
    due(now: number, ids: readonly string[], hosts: readonly string[]): DeliveryRow | undefined {
      const row = due.get({ now, ids: JSON.stringify(ids), hosts: JSON.stringify(hosts) });
      return row && fromRow(row);
    },
    /** When the next one falls due, leaving out some ids and hosts; null when none waits. */
    nextAt: (ids: readonly string[], hosts: readonly string[]): number | null =>
      nextAt.get(JSON.stringify(ids), JSON.stringify(hosts)) ?? null,
    /** Oldest first. */
    ofJob: (jobId: string): DeliveryRow[] => ofJob.all(jobId).map(fromRow),
  };
}

function deliveryWrites(connection: Connection) {
  // Whoever said 410 does not want to hear of this job again.
  const insert = connection.prepare(
    `INSERT INTO deliveries (id, job_id, type, target, url, host, message, next_at, created_at)
     SELECT @id, @jobId, @type, @target, @url, @host, @message, @createdAt, @createdAt
     WHERE NOT EXISTS (SELECT 1 FROM deliveries
       WHERE job_id = @jobId AND target = @target AND url = @url AND state = 'gone')`,
  );
  const attempted = connection.prepare(
    `UPDATE deliveries SET state = @state, attempts = attempts + 1, attempted_at = @at,
       next_at = coalesce(@nextAt, next_at), last_status = @status, last_error = @error,
       ended_at = CASE WHEN @state = 'waiting' THEN NULL ELSE @at END
     WHERE id = @id AND state = 'waiting'`,
  );
  const redirect = connection.prepare(
    `UPDATE deliveries SET url = ?, host = ? WHERE target = 'global' AND state = 'waiting'`,
  );
  const dropGlobal = connection.prepare(
    `UPDATE deliveries SET state = 'failed', last_error = ?, ended_at = ?
     WHERE target = 'global' AND state = 'waiting'`,
  );
  const dropTarget = connection.prepare(
    `UPDATE deliveries SET state = 'gone', last_error = ?, ended_at = ?
     WHERE job_id = ? AND target = ? AND url = ? AND state = 'waiting'`,
  );
  const prune = connection.prepare(`DELETE FROM deliveries WHERE ended_at < ?`);
  return {
    add(delivery: NewDelivery): void {
      insert.run({ ...delivery, message: JSON.stringify(delivery.message) });
    },
    /** False when it had ended already. */
    attempted: (id: string, outcome: AttemptOutcome): boolean =>
      attempted.run({ id, ...outcome }).changes === 1,
    /** What waits for the global target goes there from now on. */
    moveGlobal: (url: string, host: string): void => {
      redirect.run(url, host);
    },
    /** There is no global target any more. */
    dropGlobal: (why: string, now: number): void => {
      dropGlobal.run(why, now);
    },
    /** Nothing more of this job is sent to a target that does not want it. */
    dropTarget({ jobId, target, url }: DeliveryRow, why: string, now: number): void {
      dropTarget.run(why, now, jobId, target, url);
    },
    /** Forgets deliveries that ended before then. Returns how many. */
    prune: (before: number): number => prune.run(before).changes,
  };
}

function callbackStore(connection: Connection) {
  const add = connection.prepare(
    `INSERT INTO job_callbacks (job_id, url, asker) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const ofJob = connection
    .prepare<[string], string>(`SELECT url FROM job_callbacks WHERE job_id = ? ORDER BY url`)
    .pluck();
  const ofAsker = connection
    .prepare<[string, string], string>(
      `SELECT url FROM job_callbacks WHERE job_id = ? AND asker = ?`,
    )
    .pluck();
  return {
    /** `asker` is who wants to be told; the first of several. */
    add: (jobId: string, url: string, asker: string): void => {
      add.run(jobId, url, asker);
    },
    /** The addresses that are told how this job ends. */
    ofJob: (jobId: string): string[] => ofJob.all(jobId),
    /** Those of them that one user named. */
    ofAsker: (jobId: string, asker: string): string[] => ofAsker.all(jobId, asker),
  };
}

function fromRow(row: Row): DeliveryRow {
  return { ...row, message: JSON.parse(row.message) as WebhookMessage };
}
