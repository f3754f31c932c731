import type { JobState } from '../../shared/states.js';
import type { Connection } from './open.js';

export interface JobPageQuery {
  /** None: all of them. */
  readonly states: readonly JobState[];
  readonly videoId: string | null;
  /** Only jobs that are theirs or that they may read. */
  readonly reader: string | null;
  /** The last job of the page before. */
  readonly after: { readonly createdAt: number; readonly id: string } | null;
  readonly limit: number;
}

/** Each state as a condition on the job's row: what jobs/states/job-states.ts decides, for the database. */
const conditions: Readonly<Record<JobState, string>> = {
  cancelled: 'j.cancelled_at IS NOT NULL',
  failed: 'j.cancelled_at IS NULL AND j.failure IS NOT NULL',
  completed: 'j.cancelled_at IS NULL AND j.failure IS NULL AND j.completed_at IS NOT NULL',
  paused: 'j.ended_at IS NULL AND j.paused = 1',
  submitted: 'j.ended_at IS NULL AND j.paused = 0 AND j.started_at IS NULL',
  queued: `j.ended_at IS NULL AND j.paused = 0 AND j.started_at IS NOT NULL
    AND j.plan_id IS NOT NULL AND j.worked_at IS NULL`,
  processing: `j.ended_at IS NULL AND j.paused = 0 AND j.started_at IS NOT NULL
    AND (j.plan_id IS NULL OR j.worked_at IS NOT NULL)`,
};

export type JobPageStore = ReturnType<typeof jobPageStore>;

/** Jobs in pages; what a page costs does not grow with their number. */
export function jobPageStore(connection: Connection) {
  return {
    /** Ids, the newest job first. */
    page({ states, videoId, reader, after, limit }: JobPageQuery): string[] {
      const where = [
        ...(states.length === 0 ? [] : [inStates(states)]),
        ...(videoId === null ? [] : ['j.video_id = @videoId']),
        ...(reader === null ? [] : [readable]),
        ...(after === null ? [] : [older]),
      ];
      const page = connection.prepare<[object], { id: string }>(
        `SELECT j.id FROM jobs j ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}
         ORDER BY j.created_at DESC, j.rowid DESC LIMIT @limit`,
      );
      return page.all({ videoId, reader, limit, ...after }).map(({ id }) => id);
    },
  };
}

const readable = `(j.owner = @reader
  OR j.id IN (SELECT job_id FROM job_readers WHERE reader = @reader))`;

/** Also where the job itself has been forgotten since: then only ones of the same millisecond fall out. */
const older = `(j.created_at < @createdAt OR (j.created_at = @createdAt
  AND j.rowid < (SELECT rowid FROM jobs WHERE id = @id)))`;

/** Where no completed job is asked for, the index of the others is enough, which are few. */
function inStates(states: readonly JobState[]): string {
  const some = states.map((state) => `(${conditions[state]})`).join(' OR ');
  return states.includes('completed') ? `(${some})` : `j.completed_at IS NULL AND (${some})`;
}
