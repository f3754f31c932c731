import type { Connection } from './open.js';
import { fromRow, type Rendition, type RenditionRow } from './renditions.js';

/** A rendition and what is published of it. */
export interface RenditionProgress extends Rendition {
  readonly segmentsDone: number;
  readonly bytesDone: number;
  /** How long the published segments are together, in ticks. */
  readonly ticksDone: number;
}

type Row = RenditionRow & { segments_done: number; bytes_done: number; ticks_done: number };

export type RenditionProgressStore = ReturnType<typeof renditionProgressStore>;

/** Counts that triggers keep, so that a list of jobs reads no segments. */
export function renditionProgressStore(connection: Connection) {
  const ofPlan = connection.prepare<[string], Row>(
    `SELECT * FROM renditions WHERE plan_id = ? ORDER BY position, version`,
  );
  const ofJobs = connection.prepare<[{ videoId: string | null }], Row>(
    `SELECT r.* FROM renditions r JOIN jobs j ON j.plan_id = r.plan_id
     WHERE @videoId IS NULL OR j.video_id = @videoId ORDER BY r.plan_id, r.position, r.version`,
  );
  return {
    ofPlan: (planId: string): RenditionProgress[] => ofPlan.all(planId).map(withCounts),
    /** By plan, of all jobs or those of one video, in one query. */
    byPlan(videoId?: string): Map<string, RenditionProgress[]> {
      const plans = new Map<string, RenditionProgress[]>();
      for (const row of ofJobs.iterate({ videoId: videoId ?? null })) {
        const renditions = plans.get(row.plan_id) ?? [];
        plans.set(row.plan_id, renditions);
        renditions.push(withCounts(row));
      }
      return plans;
    },
  };
}

function withCounts(row: Row): RenditionProgress {
  const { segments_done: segmentsDone, bytes_done: bytesDone, ticks_done: ticksDone } = row;
  return { ...fromRow(row), segmentsDone, bytesDone, ticksDone };
}
