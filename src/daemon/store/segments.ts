import type { Connection } from './open.js';

export interface PublishedSegment {
  readonly number: number;
  readonly sizeBytes: number;
  /**
   * From its first byte to the end of its first picture. null: it has none, or was published before that
   * was kept.
   */
  readonly iFrameBytes: number | null;
}

/** What was read of a segment that was published before; its size says that it is the same one. */
export type MeasuredSegment = PublishedSegment & { readonly iFrameBytes: number };

const columns = `number, size_bytes AS sizeBytes, i_frame_bytes AS iFrameBytes`;

export type SegmentStore = ReturnType<typeof segmentStore>;

/** Which segments are on the disk, whole and checked. A row is written only after its file. */
export function segmentStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO segments (rendition_id, number, size_bytes, i_frame_bytes) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const ofRendition = connection.prepare<[string], PublishedSegment>(
    `SELECT ${columns} FROM segments WHERE rendition_id = ? ORDER BY number`,
  );
  const find = connection.prepare<[string, number], PublishedSegment>(
    `SELECT ${columns} FROM segments WHERE rendition_id = ? AND number = ?`,
  );
  const remove = connection.prepare(`DELETE FROM segments WHERE rendition_id = ? AND number = ?`);
  const measure = connection.prepare(
    `UPDATE segments SET i_frame_bytes = ?
     WHERE rendition_id = ? AND number = ? AND size_bytes = ? AND i_frame_bytes IS NULL`,
  );
  const summary = connection.prepare<[string], { count: number; bytes: number }>(
    `SELECT count(*) AS count, coalesce(sum(size_bytes), 0) AS bytes
     FROM segments WHERE rendition_id = ?`,
  );
  return {
    insert: (renditionId: string, { number, sizeBytes, iFrameBytes }: PublishedSegment): boolean =>
      insert.run(renditionId, number, sizeBytes, iFrameBytes).changes === 1,
    /** Keeps what was read of segments that are still the same. */
    measured: connection.transaction(
      (renditionId: string, segments: readonly MeasuredSegment[]): void => {
        for (const { number, sizeBytes, iFrameBytes } of segments) {
          measure.run(iFrameBytes, renditionId, number, sizeBytes);
        }
      },
    ),
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
