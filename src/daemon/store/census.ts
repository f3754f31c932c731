import type { Connection } from './open.js';
import type { LaneName } from './tasks.js';

/** How many jobs share what their state follows from. */
export interface JobGroup {
  readonly paused: 0 | 1;
  readonly cancelled: 0 | 1;
  readonly failed: 0 | 1;
  readonly completed: 0 | 1;
  readonly planned: 0 | 1;
  readonly started: 0 | 1;
  readonly worked: 0 | 1;
  readonly count: number;
}

export type CensusStore = ReturnType<typeof censusStore>;

/** Sums over everything, for those who watch over the daemon. */
export function censusStore(connection: Connection) {
  const ping = connection.prepare<[], number>(`SELECT count(*) FROM secrets`).pluck();
  const jobs = connection.prepare<[], JobGroup>(
    `SELECT paused, cancelled_at IS NOT NULL AS cancelled, failure IS NOT NULL AS failed,
       completed_at IS NOT NULL AS completed, plan_id IS NOT NULL AS planned,
       started_at IS NOT NULL AS started, worked_at IS NOT NULL AS worked, count(*) AS count
     FROM jobs GROUP BY 1, 2, 3, 4, 5, 6, 7`,
  );
  const tasks = connection.prepare<[string], { lane: LaneName; count: number }>(
    `SELECT lane, count(*) AS count FROM tasks WHERE state = ? GROUP BY lane`,
  );
  const bytes = connection.prepare<[], { sources: number; renditions: number; videos: number }>(
    `SELECT (SELECT count(*) FROM videos) AS videos,
       (SELECT coalesce(sum(size_bytes), 0) FROM videos WHERE source_state <> 'removed') AS sources,
       (SELECT coalesce(sum(bytes_done), 0) FROM renditions) AS renditions`,
  );
  const deliveries = connection.prepare<[], { state: string; count: number }>(
    `SELECT state, count(*) AS count FROM deliveries GROUP BY state`,
  );
  const byLane = (state: 'queued' | 'running') =>
    new Map(tasks.all(state).map(({ lane, count }) => [lane, count]));
  return {
    /** Throws when the database cannot be read. */
    ping: (): void => void ping.get(),
    jobs: (): JobGroup[] => jobs.all(),
    waitingTasks: (): ReadonlyMap<LaneName, number> => byLane('queued'),
    runningTasks: (): ReadonlyMap<LaneName, number> => byLane('running'),
    deliveries: (): Readonly<Record<string, number>> =>
      Object.fromEntries(deliveries.all().map(({ state, count }) => [state, count])),
    /** Sizes in bytes. */
    library: () => bytes.get() ?? { sources: 0, renditions: 0, videos: 0 },
  };
}
