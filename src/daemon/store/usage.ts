import type { Connection } from './open.js';

export type UsageStore = ReturnType<typeof usageStore>;

/** What somebody's uploads take. */
export function usageStore(connection: Connection) {
  const bytes = connection
    .prepare<[{ owner: string; now: number }], number>(
      `SELECT (SELECT coalesce(sum(size_bytes), 0) FROM videos WHERE owner = @owner)
         + (SELECT coalesce(sum(size_bytes), 0) FROM uploads
            WHERE owner = @owner AND state IN ('open', 'importing') AND expires_at > @now)`,
    )
    .pluck();
  return {
    /** Of the files of their videos, and what their unfinished uploads have announced. */
    bytesOf: (owner: string, now: number): number => bytes.get({ owner, now }) ?? 0,
  };
}
