import type { UploadState } from '../../shared/contract/index.js';
import type { JobPageQuery } from './job-pages.js';
import type { Connection } from './open.js';

export interface PromisedJobQuery extends Pick<JobPageQuery, 'videoId' | 'reader' | 'limit'> {
  /** Of the imports that are to become the jobs. */
  readonly states: readonly UploadState[];
  /** Only older ones, in milliseconds since 1970. */
  readonly before: number | null;
}

export type PromisedJobStore = ReturnType<typeof promisedJobStore>;

/** Jobs that imports are to become: there is no row of theirs before the file is here. */
export function promisedJobStore(connection: Connection) {
  const page = connection
    .prepare<[object], string>(
      `SELECT json_extract(u.import_from, '$.job.jobId') FROM uploads u
       WHERE u.import_from IS NOT NULL AND json_extract(u.import_from, '$.job.jobId') IS NOT NULL
         AND u.state IN (SELECT value FROM json_each(@states))
         AND (@videoId IS NULL OR u.id = @videoId) AND (@reader IS NULL OR u.owner = @reader)
         AND (@before IS NULL OR u.created_at < @before)
         AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.id = json_extract(u.import_from, '$.job.jobId'))
         AND NOT EXISTS (SELECT 1 FROM uploads n WHERE n.import_from IS NOT NULL AND n.rowid > u.rowid
           AND json_extract(n.import_from, '$.job.jobId') = json_extract(u.import_from, '$.job.jobId'))
       ORDER BY u.created_at DESC, u.rowid DESC LIMIT @limit`,
    )
    .pluck();
  return {
    /** Ids, the newest first. */
    page: ({ states, ...query }: PromisedJobQuery): string[] =>
      page.all({ ...query, states: JSON.stringify(states) }),
  };
}
