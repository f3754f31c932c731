import type { Connection } from './open.js';

export interface PublishedSegment {
  readonly number: number;
  readonly sizeBytes: number;
}

export type SegmentStore = ReturnType<typeof segmentStore>;

/** Which segments are on the disk, whole and checked. A row is written only after its file. */
export function segmentStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO segments (rendition_id, number, size_bytes) VALUES (?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const ofRendition = connection.prepare<[string], PublishedSegment>(
    `SELECT number, size_bytes AS sizeBytes FROM segments WHERE rendition_id = ? ORDER BY number`,
  );
  const find = connection.prepare<[string, number], PublishedSegment>(
    `SELECT number, size_bytes AS sizeBytes FROM segments WHERE rendition_id = ? AND number = ?`,
  );
  const remove = connection.prepare(`DELETE FROM segments WHERE rendition_id = ? AND number = ?`);
  const summary = connection.prepare<[string], { count: number; bytes: number }>(
    `SELECT count(*) AS count, coalesce(sum(size_bytes), 0) AS bytes
     FROM segments WHERE rendition_id = ?`,
  );
  return {
    insert: (renditionId: string, segment: PublishedSegment): boolean =>
      insert.run(renditionId, segment.number, segment.sizeBytes).changes === 1,
    /** Its file is gone: it has to be made again. */
    lost: (renditionId: string, number: number): void => {
      remove.run(renditionId, number);
    },
    ofRendition: (renditionId: string): PublishedSegment[] => ofRendition.all(renditionId),
    find: (renditionId: string, number: number): PublishedSegment | undefined =>
      find.get(renditionId, number),
    /** How many segments of a rendition are published, and their bytes together. */
    summary: (renditionId: string): { count: number; bytes: number } =>
      summary.get(renditionId) ?? { count: 0, bytes: 0 },
  };
}
