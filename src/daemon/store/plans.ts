import type { Connection } from './open.js';

/** The boundaries of all segments of a video, shared by every rendition. */
export interface Plan {
  readonly id: string;
  readonly videoId: string;
  readonly targetTicks: number;
  /** Ticks (90 kHz) from time zero: segment n is [boundaries[n], boundaries[n + 1]). */
  readonly boundaries: readonly number[];
  readonly createdAt: number;
}

interface Row {
  id: string;
  video_id: string;
  target_ticks: number;
  boundaries: string;
  created_at: number;
}

export type PlanStore = ReturnType<typeof planStore>;

export function planStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO plans (id, video_id, target_ticks, boundaries, created_at)
     VALUES (@id, @videoId, @targetTicks, @boundaries, @createdAt)`,
  );
  const byId = connection.prepare<[string], Row>(`SELECT * FROM plans WHERE id = ?`);
  return {
    insert(plan: Plan): void {
      insert.run({ ...plan, boundaries: JSON.stringify(plan.boundaries) });
    },
    find(id: string): Plan | undefined {
      const row = byId.get(id);
      return (
        row && {
          id: row.id,
          videoId: row.video_id,
          targetTicks: row.target_ticks,
          boundaries: JSON.parse(row.boundaries) as number[],
          createdAt: row.created_at,
        }
      );
    },
  };
}
