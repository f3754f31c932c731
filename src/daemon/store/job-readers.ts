import type { Connection } from './open.js';

export type JobReaderStore = ReturnType<typeof jobReaderStore>;

/** Who may read a job beside its owner and admins. */
export function jobReaderStore(connection: Connection) {
  const add = connection.prepare(
    `INSERT INTO job_readers (reader, job_id) VALUES (?, ?) ON CONFLICT DO NOTHING`,
  );
  const has = connection
    .prepare<[string, string], 1>(`SELECT 1 FROM job_readers WHERE reader = ? AND job_id = ?`)
    .pluck();
  return {
    add: (reader: string, jobId: string): void => {
      add.run(reader, jobId);
    },
    has: (reader: string, jobId: string): boolean => has.get(reader, jobId) !== undefined,
  };
}
