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
  return {
    ofPlan: (planId: string): RenditionProgress[] => ofPlan.all(planId).map(withCounts),
  };
}

function withCounts(row: Row): RenditionProgress {
  const { segments_done: segmentsDone, bytes_done: bytesDone, ticks_done: ticksDone } = row;
  return { ...fromRow(row), segmentsDone, bytesDone, ticksDone };
}
