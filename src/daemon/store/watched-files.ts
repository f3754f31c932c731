import type { FileIdentity, WatchedFileState } from '../../shared/contract/index.js';
import type { ErrorCode } from '../../shared/errors.js';
import type { Connection } from './open.js';

/** A file in a watched folder and what became of it. */
export interface WatchedFile {
  readonly watchId: string;
  /** Below the folder. */
  readonly path: string;
  readonly state: WatchedFileState;
  /** Of the file that this is about; null where there is none (a folder that cannot be read). */
  readonly identity: FileIdentity | null;
  /** Of the content that was added. */
  readonly fingerprint: string | null;
  /** Of the import that takes it. */
  readonly uploadId: string | null;
  /** That it became; it may be removed since. */
  readonly videoId: string | null;
  /** Why it was refused, or why the original of an added one is still there. */
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
  /** It is tried again then, without having changed. Milliseconds since 1970. */
  readonly retryAt: number | null;
  /** Whether the last whole look found it. */
  readonly isPresent: boolean;
  readonly updatedAt: number;
}

type Row = Omit<WatchedFile, 'identity' | 'error' | 'isPresent'> & {
  readonly identity: string | null;
  readonly error: string | null;
  readonly isPresent: number;
};

export type FileCounts = Readonly<Partial<Record<WatchedFileState, number>>>;

export interface FilePageQuery {
  readonly state: WatchedFileState | null;
  /** The path of the last one of the page before. */
  readonly after: string;
  readonly limit: number;
}

export type WatchedFileStore = ReturnType<typeof watchedFileStore>;

const columns = `watch_id AS watchId, path, state, identity, fingerprint, upload_id AS uploadId,
  video_id AS videoId, error, retry_at AS retryAt, is_present AS isPresent, updated_at AS updatedAt`;

export function watchedFileStore(connection: Connection) {
  const put = connection.prepare(
    `INSERT OR REPLACE INTO watched_files (watch_id, path, state, identity, fingerprint, upload_id,
       video_id, error, retry_at, is_present, updated_at)
     SELECT @watchId, @path, @state, @identity, @fingerprint, @uploadId, @videoId, @error,
       @retryAt, @isPresent, @updatedAt
     WHERE EXISTS (SELECT 1 FROM watches WHERE id = @watchId)`,
  );
  const remove = connection.prepare(`DELETE FROM watched_files WHERE watch_id = ? AND path = ?`);
  const retryNow = connection.prepare(
    `UPDATE watched_files SET retry_at = ? WHERE watch_id = ? AND retry_at IS NOT NULL`,
  );
  return {
    ...watchedFileReads(connection),
    /** Nothing is put into a watch that was removed meanwhile. */
    put(file: WatchedFile): void {
      put.run({
        ...file,
        identity: file.identity && JSON.stringify(file.identity),
        error: file.error && JSON.stringify(file.error),
        isPresent: Number(file.isPresent),
      });
    },
    remove: (watchId: string, path: string): void => void remove.run(watchId, path),
    /** Whatever is to be tried again some day is tried now. */
    retryNow: (watchId: string, now: number): void => void retryNow.run(now, watchId),
  };
}

function watchedFileReads(connection: Connection) {
  const one = connection.prepare<[string, string], Row>(
    `SELECT ${columns} FROM watched_files WHERE watch_id = ? AND path = ?`,
  );
  const inState = connection.prepare<[string, WatchedFileState], Row>(
    `SELECT ${columns} FROM watched_files WHERE watch_id = ? AND state = ? ORDER BY path`,
  );
  const present = connection
    .prepare<[string], string>(
      `SELECT path FROM watched_files WHERE watch_id = ? AND is_present = 1`,
    )
    .pluck();
  // A folder's paths lie between `folder/` and `folder0`: 0 follows / in ASCII.
  const within = `watch_id = ? AND path >= ? AND path < ?`;
  const below = connection
    .prepare<[string, string, string], string>(`SELECT path FROM watched_files WHERE ${within}`)
    .pluck();
  const notedBelow = connection.prepare<[string, string, string], Row>(
    `SELECT ${columns} FROM watched_files WHERE ${within} AND state = 'noted' ORDER BY path`,
  );
  const counts = connection.prepare<[string], { state: WatchedFileState; files: number }>(
    `SELECT state, count(*) AS files FROM watched_files WHERE watch_id = ? GROUP BY state`,
  );
  const page = connection.prepare<[FilePageQuery & { watchId: string }], Row>(
    `SELECT ${columns} FROM watched_files
     WHERE watch_id = @watchId AND path > @after AND (@state IS NULL OR state = @state)
     ORDER BY path LIMIT @limit`,
  );
  return {
    find(watchId: string, path: string): WatchedFile | undefined {
      const row = one.get(watchId, path);
      return row && fromRow(row);
    },
    inState: (watchId: string, state: WatchedFileState): WatchedFile[] =>
      inState.all(watchId, state).map(fromRow),
    /** Paths of all that the last whole look found. */
    present: (watchId: string): string[] => present.all(watchId),
    /** Of a folder (with its `/` at the end) and the folders in it; `''`: of all. */
    pathsBelow: (watchId: string, folder: string): string[] =>
      below.all(watchId, folder, endOf(folder)),
    notedBelow: (watchId: string, folder: string): WatchedFile[] =>
      notedBelow.all(watchId, folder, endOf(folder)).map(fromRow),
    counts: (watchId: string): FileCounts =>
      Object.fromEntries(counts.all(watchId).map(({ state, files }) => [state, files])),
    /** By path. */
    page: (watchId: string, query: FilePageQuery): WatchedFile[] =>
      page.all({ ...query, watchId }).map(fromRow),
  };
}

function endOf(folder: string): string {
  return folder === '' ? '\u{10ffff}' : `${folder.slice(0, -1)}0`;
}

function fromRow(row: Row): WatchedFile {
  return {
    ...row,
    identity: row.identity === null ? null : (JSON.parse(row.identity) as FileIdentity),
    error: row.error === null ? null : (JSON.parse(row.error) as NonNullable<WatchedFile['error']>),
    isPresent: row.isPresent === 1,
  };
}
