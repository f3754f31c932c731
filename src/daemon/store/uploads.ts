import type { FileIdentity, UploadState, VideoMetadata } from '../../shared/contract/index.js';
import type { ErrorCode } from '../../shared/errors.js';
import { localOwner, type JobWish } from '../../shared/job-wish.js';
import type { Connection } from './open.js';
import { uploadRangeStore } from './upload-ranges.js';

/** Where an import takes its bytes from. `job` is what the client wished beside the file. */
export interface ImportOrigin {
  readonly path: string;
  readonly identity: FileIdentity;
  readonly link: boolean;
  readonly job?: JobWish;
}

export interface Upload {
  /** Becomes the video's id when the content is new. */
  readonly id: string;
  readonly kind: 'chunks' | 'import';
  readonly state: UploadState;
  /** As the client named it; never used as a path. */
  readonly filename: string;
  readonly sizeBytes: number;
  /** null for what did not come in chunks: it came in order, or as a whole. */
  readonly chunkBytes: number | null;
  readonly fingerprint: string | null;
  readonly metadata: VideoMetadata;
  readonly importFrom: ImportOrigin | null;
  /** The video that has the content, once complete. */
  readonly videoId: string | null;
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
  /** Id of the user who sends it; `local` is the admin of this machine. */
  readonly owner: string;
  /** The Upload-Metadata line of a tus client, as it came. */
  readonly tusMetadata: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

interface Row {
  id: string;
  kind: 'chunks' | 'import';
  state: UploadState;
  filename: string;
  size_bytes: number;
  chunk_bytes: number | null;
  fingerprint: string | null;
  metadata: string;
  import_from: string | null;
  video_id: string | null;
  error: string | null;
  owner: string;
  tus_metadata: string | null;
  created_at: number;
  expires_at: number;
}

export type UploadStore = ReturnType<typeof uploadStore>;

export function uploadStore(connection: Connection) {
  return {
    ...uploadReads(connection),
    ...uploadWrites(connection),
    ranges: uploadRangeStore(connection),
  };
}

function uploadReads(connection: Connection) {
  const byId = connection.prepare<[string], Row>(`SELECT * FROM uploads WHERE id = ?`);
  const byJob = connection.prepare<[string], Row>(
    `SELECT * FROM uploads
     WHERE json_extract(import_from, '$.job.jobId') = ? AND import_from IS NOT NULL
     ORDER BY created_at DESC, rowid DESC LIMIT 1`,
  );
  const unfinished = connection.prepare<
    [
      {
        fingerprint: string;
        sizeBytes: number;
        chunkBytes: number | null;
        owner: string;
        now: number;
      },
    ],
    Row
  >(
    `SELECT * FROM uploads
     WHERE state = 'open' AND fingerprint = @fingerprint AND size_bytes = @sizeBytes
       AND chunk_bytes IS @chunkBytes AND owner = @owner AND expires_at > @now
     ORDER BY created_at DESC LIMIT 1`,
  );
  const inState = connection.prepare<[UploadState], Row>(
    `SELECT * FROM uploads WHERE state = ? ORDER BY created_at`,
  );
  const expired = connection.prepare<[number], Row>(
    `SELECT * FROM uploads WHERE state = 'open' AND expires_at <= ?`,
  );
  const outstanding = connection
    .prepare<[], number>(
      `SELECT coalesce(sum(size_bytes), 0) - coalesce((
         SELECT sum(end_byte - start_byte) FROM upload_ranges r
         JOIN uploads u ON u.id = r.upload_id WHERE u.state = 'open'), 0)
       FROM uploads WHERE state = 'open'`,
    )
    .pluck();
  return {
    find(id: string): Upload | undefined {
      const row = byId.get(id);
      return row && fromRow(row);
    },
    /** The newest import that is to become, or became, the job of this id. */
    findByJob(jobId: string): Upload | undefined {
      const row = byJob.get(jobId);
      return row && fromRow(row);
    },
    /** The owner's newest open upload of what seems to be the same file, cut in the same way. */
    findUnfinished(wanted: {
      fingerprint: string;
      sizeBytes: number;
      chunkBytes: number | null;
      owner: string;
      now: number;
    }): Upload | undefined {
      const row = unfinished.get(wanted);
      return row && fromRow(row);
    },
    inState: (state: UploadState): Upload[] => inState.all(state).map(fromRow),
    expired: (now: number): Upload[] => expired.all(now).map(fromRow),
    /** Bytes that open uploads have announced and not sent yet. */
    outstandingBytes: (): number => outstanding.get() ?? 0,
  };
}

function uploadWrites(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO uploads (id, kind, state, filename, size_bytes, chunk_bytes, fingerprint,
       metadata, import_from, video_id, owner, tus_metadata, created_at, expires_at)
     VALUES (@id, @kind, @state, @filename, @sizeBytes, @chunkBytes, @fingerprint,
       @metadata, @importFrom, @videoId, @owner, @tusMetadata, @createdAt, @expiresAt)`,
  );
  const complete = connection.prepare(
    `UPDATE uploads SET state = 'complete', video_id = ?
     WHERE id = ? AND state IN ('open', 'importing')`,
  );
  const fail = connection.prepare(
    `UPDATE uploads SET state = 'failed', error = ? WHERE id = ? AND state IN ('open', 'importing')`,
  );
  const abort = connection.prepare(
    `UPDATE uploads SET state = 'aborted' WHERE id = ? AND state IN ('open', 'importing', 'failed')`,
  );
  const removeEnded = connection.prepare(
    `DELETE FROM uploads WHERE id = ? AND state IN ('failed', 'aborted')`,
  );
  const forget = connection.prepare(
    `DELETE FROM uploads WHERE expires_at <= ? AND state NOT IN ('open', 'importing')`,
  );
  return {
    insert(
      upload: Omit<Upload, 'error' | 'owner' | 'tusMetadata'> &
        Partial<Pick<Upload, 'owner' | 'tusMetadata'>>,
    ): void {
      insert.run({
        ...upload,
        owner: upload.owner ?? localOwner,
        tusMetadata: upload.tusMetadata ?? null,
        metadata: JSON.stringify(upload.metadata),
        importFrom: upload.importFrom && JSON.stringify(upload.importFrom),
      });
    },
    /** False when it was not unfinished any more. */
    complete: (id: string, videoId: string): boolean => complete.run(videoId, id).changes === 1,
    fail: (id: string, error: NonNullable<Upload['error']>): boolean =>
      fail.run(JSON.stringify(error), id).changes === 1,
    abort: (id: string): boolean => abort.run(id).changes === 1,
    /** Makes the id of one that came to nothing free again. */
    removeEnded: (id: string): boolean => removeEnded.run(id).changes === 1,
    /** Drops the rows of ended uploads that expired before then. */
    forget: (before: number): number => forget.run(before).changes,
  };
}

function fromRow(row: Row): Upload {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    filename: row.filename,
    sizeBytes: row.size_bytes,
    chunkBytes: row.chunk_bytes,
    fingerprint: row.fingerprint,
    metadata: JSON.parse(row.metadata) as VideoMetadata,
    importFrom: row.import_from === null ? null : (JSON.parse(row.import_from) as ImportOrigin),
    videoId: row.video_id,
    error: row.error === null ? null : (JSON.parse(row.error) as NonNullable<Upload['error']>),
    owner: row.owner,
    tusMetadata: row.tus_metadata,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
