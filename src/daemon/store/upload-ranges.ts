import type { Connection } from './open.js';

/** Bytes [start, end) of an upload that are on the disk, verified and synced. */
export interface ReceivedRange {
  readonly start: number;
  readonly end: number;
  /** Lower case hexadecimal; `''` when nobody said one. */
  readonly sha256: string;
}

/** What is in order from the first byte on has one range that grows; nobody said its checksum. */
const noChecksum = '';

export function uploadRangeStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO upload_ranges (upload_id, start_byte, end_byte, sha256)
     VALUES (@uploadId, @start, @end, @sha256)`,
  );
  const extend = connection.prepare(
    `INSERT INTO upload_ranges (upload_id, start_byte, end_byte, sha256)
     VALUES (@uploadId, 0, @end, @sha256)
     ON CONFLICT (upload_id, start_byte) DO UPDATE SET end_byte = excluded.end_byte`,
  );
  const of = connection.prepare<[string], ReceivedRange>(
    `SELECT start_byte AS start, end_byte AS end, sha256
     FROM upload_ranges WHERE upload_id = ? ORDER BY start_byte`,
  );
  const overlapping = connection.prepare<
    [{ uploadId: string; start: number; end: number }],
    ReceivedRange
  >(
    `SELECT start_byte AS start, end_byte AS end, sha256 FROM upload_ranges
     WHERE upload_id = @uploadId AND start_byte < @end AND end_byte > @start
     ORDER BY start_byte LIMIT 1`,
  );
  const at = connection.prepare<[string, number], ReceivedRange>(
    `SELECT start_byte AS start, end_byte AS end, sha256
     FROM upload_ranges WHERE upload_id = ? AND start_byte = ?`,
  );
  const received = connection
    .prepare<[string], number>(
      `SELECT coalesce(sum(end_byte - start_byte), 0) FROM upload_ranges WHERE upload_id = ?`,
    )
    .pluck();
  return {
    insert(uploadId: string, range: ReceivedRange): void {
      insert.run({ uploadId, ...range });
    },
    /** Bytes [0, end) are there: for uploads that come in order. */
    extend(uploadId: string, end: number): void {
      extend.run({ uploadId, end, sha256: noChecksum });
    },
    /** In order of their place in the file. */
    of: (uploadId: string): ReceivedRange[] => of.all(uploadId),
    at: (uploadId: string, start: number): ReceivedRange | undefined => at.get(uploadId, start),
    overlapping: (uploadId: string, start: number, end: number): ReceivedRange | undefined =>
      overlapping.get({ uploadId, start, end }),
    receivedBytes: (uploadId: string): number => received.get(uploadId) ?? 0,
  };
}
