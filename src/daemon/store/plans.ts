import type { Chapter } from '../../shared/chapters.js';
import type { UnshownSubtitle } from '../../shared/renditions.js';
import type { Connection } from './open.js';

/** The boundaries of all segments of a video, shared by every rendition. */
export interface Plan {
  readonly id: string;
  readonly videoId: string;
  readonly targetTicks: number;
  /** Ticks (90 kHz) from time zero: segment n is [boundaries[n], boundaries[n + 1]). */
  readonly boundaries: readonly number[];
  /** Its copied renditions hold all picture, sound and text of the source. */
  readonly isWholeCopy: boolean;
  readonly unshownSubtitles: readonly UnshownSubtitle[];
  /** Those that its file names. */
  readonly chapters: readonly Chapter[];
  readonly createdAt: number;
}

type Optional = 'isWholeCopy' | 'unshownSubtitles' | 'chapters';
export type NewPlan = Omit<Plan, Optional> & Partial<Pick<Plan, Optional>>;

interface Row {
  id: string;
  video_id: string;
  target_ticks: number;
  boundaries: string;
  is_whole_copy: number;
  unshown_subtitles: string;
  chapters: string;
  created_at: number;
}

export type PlanStore = ReturnType<typeof planStore>;

export function planStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO plans (id, video_id, target_ticks, boundaries, is_whole_copy, unshown_subtitles,
       chapters, created_at)
     VALUES (@id, @videoId, @targetTicks, @boundaries, @isWholeCopy, @unshownSubtitles,
       @chapters, @createdAt)`,
  );
  const notWholeCopy = connection.prepare(`UPDATE plans SET is_whole_copy = 0 WHERE id = ?`);
  const byId = connection.prepare<[string], Row>(`SELECT * FROM plans WHERE id = ?`);
  return {
    insert({ isWholeCopy = false, unshownSubtitles = [], chapters = [], ...plan }: NewPlan): void {
      insert.run({
        ...plan,
        boundaries: JSON.stringify(plan.boundaries),
        isWholeCopy: isWholeCopy ? 1 : 0,
        unshownSubtitles: JSON.stringify(unshownSubtitles),
        chapters: JSON.stringify(chapters),
      });
    },
    /** Some of the source is in none of its copied renditions any more. */
    notWholeCopy: (id: string): void => {
      notWholeCopy.run(id);
    },
    find(id: string): Plan | undefined {
      const row = byId.get(id);
      return (
        row && {
          id: row.id,
          videoId: row.video_id,
          targetTicks: row.target_ticks,
          boundaries: JSON.parse(row.boundaries) as number[],
          isWholeCopy: row.is_whole_copy === 1,
          unshownSubtitles: JSON.parse(row.unshown_subtitles) as UnshownSubtitle[],
          chapters: JSON.parse(row.chapters) as Chapter[],
          createdAt: row.created_at,
        }
      );
    },
  };
}
