import type { Storyboard } from '../../shared/storyboard.js';
import type { Connection } from './open.js';

export type StoryboardStore = ReturnType<typeof storyboardStore>;

/** The storyboard of each plan that has one. A row is written only after its files. */
export function storyboardStore(connection: Connection) {
  const put = connection.prepare(
    `INSERT INTO storyboards (plan_id, storyboard, size_bytes) VALUES (?, ?, ?)
     ON CONFLICT (plan_id) DO UPDATE SET
       storyboard = excluded.storyboard, size_bytes = excluded.size_bytes`,
  );
  const ofPlan = connection
    .prepare<[string], string>(`SELECT storyboard FROM storyboards WHERE plan_id = ?`)
    .pluck();
  const exists = connection
    .prepare<[string], number>(`SELECT 1 FROM storyboards WHERE plan_id = ?`)
    .pluck();
  const remove = connection.prepare(`DELETE FROM storyboards WHERE plan_id = ?`);
  return {
    put(planId: string, storyboard: Storyboard): void {
      const sizeBytes = storyboard.sheetBytes.reduce((sum, bytes) => sum + bytes, 0);
      put.run(planId, JSON.stringify(storyboard), sizeBytes);
    },
    ofPlan(planId: string): Storyboard | undefined {
      const row = ofPlan.get(planId);
      return row === undefined ? undefined : (JSON.parse(row) as Storyboard);
    },
    has: (planId: string | null): boolean => planId !== null && exists.get(planId) === 1,
    /** Its files are gone: it has to be made again. */
    lost: (planId: string): void => {
      remove.run(planId);
    },
  };
}
