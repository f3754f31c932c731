import type { Connection } from './open.js';

/** Which videos a page of the library shows. */
export interface Shelf {
  /** Words that begin so, all of them, somewhere in title, series or file name. */
  readonly words: readonly string[];
  readonly series: string | null;
  /** Only videos with a lower number; null: from the newest on. */
  readonly before: number | null;
  readonly limit: number;
}

/** A video by its number, which grows with each one that is added. */
export interface Shelved {
  readonly id: string;
  readonly number: number;
}

export interface Series {
  readonly series: string;
  readonly videos: number;
  /** When the newest of it was added. */
  readonly newestAt: number;
}

export type ShelfStore = ReturnType<typeof shelfStore>;

/** The library in pages; what a page costs does not grow with the library. */
export function shelfStore(connection: Connection) {
  const newest = connection.prepare<[ShelfValues], Shelved>(
    `SELECT video_id AS id, number FROM video_numbers
     WHERE number < @before ORDER BY number DESC LIMIT @limit`,
  );
  const ofSeries = connection.prepare<[ShelfValues], Shelved>(
    `SELECT v.id, n.number FROM videos v CROSS JOIN video_numbers n ON n.video_id = v.id
     WHERE v.series = @series AND n.number < @before ORDER BY n.number DESC LIMIT @limit`,
  );
  const found = connection.prepare<[ShelfValues], Shelved>(
    `SELECT n.video_id AS id, n.number FROM video_words w JOIN video_numbers n ON n.number = w.rowid
     WHERE video_words MATCH @match AND w.rowid < @before ORDER BY w.rowid DESC LIMIT @limit`,
  );
  // A series is small: each of its videos is asked whether it has the words.
  const foundInSeries = connection.prepare<[ShelfValues], Shelved>(
    `SELECT v.id, n.number FROM videos v CROSS JOIN video_numbers n ON n.video_id = v.id
       CROSS JOIN video_words w ON w.rowid = n.number
     WHERE v.series = @series AND n.number < @before AND video_words MATCH @match
     ORDER BY n.number DESC LIMIT @limit`,
  );
  const series = connection.prepare<[{ after: string; limit: number }], Series>(
    `SELECT series, count(*) AS videos, max(created_at) AS newestAt FROM videos
     WHERE series > @after GROUP BY series ORDER BY series LIMIT @limit`,
  );
  return {
    /** Newest first. */
    page(shelf: Shelf): Shelved[] {
      const values = valuesOf(shelf);
      if (values.match === null) return (shelf.series === null ? newest : ofSeries).all(values);
      return (shelf.series === null ? found : foundInSeries).all(values);
    },
    /** By name; videos of no series are not among them. */
    series: (after: string, limit: number): Series[] => series.all({ after, limit }),
  };
}

interface ShelfValues {
  readonly match: string | null;
  readonly series: string | null;
  readonly before: number;
  readonly limit: number;
}

function valuesOf({ words, series, before, limit }: Shelf): ShelfValues {
  const match = words.map((word) => `"${word}"*`).join(' ');
  return {
    match: match === '' ? null : match,
    series,
    before: before ?? Number.MAX_SAFE_INTEGER,
    limit,
  };
}
