import type { FileIdentity } from '../../shared/contract/index.js';
import { localOwner } from '../../shared/job-wish.js';
import type { Connection } from './open.js';

export interface Video {
  readonly id: string;
  readonly title: string;
  readonly series: string;
  readonly season: number | null;
  /** null: unknown; 0: a special. */
  readonly episode: number | null;
  readonly description: string;
  /** As the client named it; never used as a path. */
  readonly filename: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly fingerprint: string;
  /** Only of a hard link: compared before each use. */
  readonly identity: FileIdentity | null;
  /** null until probed. */
  readonly durationTicks: number | null;
  readonly posterBytes: number | null;
  /** The plan that is played; null until probed. */
  readonly planId: string | null;
  /** Id of the user who added it; `local` is the admin of this machine. */
  readonly owner: string;
  readonly createdAt: number;
}

export type VideoNames = Pick<Video, 'title' | 'series' | 'season' | 'episode' | 'description'>;
type NewRow = Omit<Video, 'durationTicks' | 'posterBytes' | 'planId' | 'owner'> &
  Partial<Pick<Video, 'owner'>>;
type Row = Omit<Video, 'identity'> & { identity: string | null };

const columns = `id, title, series, season, episode, description, filename,
  size_bytes AS sizeBytes, sha256, fingerprint, identity, duration_ticks AS durationTicks,
  poster_bytes AS posterBytes, plan_id AS planId, owner, created_at AS createdAt`;

export type VideoStore = ReturnType<typeof videoStore>;

export function videoStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO videos (id, title, series, season, episode, description, filename, size_bytes,
       sha256, fingerprint, identity, owner, created_at)
     VALUES (@id, @title, @series, @season, @episode, @description, @filename, @sizeBytes,
       @sha256, @fingerprint, @identity, @owner, @createdAt)`,
  );
  const byId = connection.prepare<[string], Row>(`SELECT ${columns} FROM videos WHERE id = ?`);
  const bySha256 = connection.prepare<[string], Row>(
    `SELECT ${columns} FROM videos WHERE sha256 = ?`,
  );
  const byFingerprint = connection.prepare<[string], Row>(
    `SELECT ${columns} FROM videos WHERE fingerprint = ? ORDER BY created_at`,
  );
  const rename = connection.prepare(
    `UPDATE videos SET title = @title, series = @series, season = @season, episode = @episode,
       description = @description WHERE id = @id`,
  );
  const remove = connection.prepare(`DELETE FROM videos WHERE id = ?`);
  const setPlan = connection.prepare(
    `UPDATE videos SET plan_id = @planId, duration_ticks = @durationTicks WHERE id = @id`,
  );
  const clearPoster = connection.prepare(`UPDATE videos SET poster_bytes = NULL WHERE id = ?`);
  const own = connection.prepare(`UPDATE videos SET identity = NULL WHERE id = ?`);
  const setPoster = connection.prepare(`UPDATE videos SET poster_bytes = ? WHERE id = ?`);
  return {
    insert(video: NewRow): void {
      const owner = video.owner ?? localOwner;
      insert.run({ ...video, owner, identity: video.identity && JSON.stringify(video.identity) });
    },
    find: (id: string): Video | undefined => fromRow(byId.get(id)),
    findBySha256: (sha256: string): Video | undefined => fromRow(bySha256.get(sha256)),
    findByFingerprint: (fingerprint: string): Video[] =>
      byFingerprint.all(fingerprint).flatMap((row) => fromRow(row) ?? []),
    rename: (id: string, names: VideoNames): void => {
      rename.run({ ...names, id });
    },
    /** With its plans, renditions, segments and jobs. False when there is none. */
    remove: (id: string): boolean => remove.run(id).changes === 1,
    setPlan: (id: string, planId: string, durationTicks: number): void => {
      setPlan.run({ id, planId, durationTicks });
    },
    /** Its source is no hard link (any more): nobody else can change it. */
    own: (id: string): void => {
      own.run(id);
    },
    setPoster: (id: string, bytes: number): void => {
      setPoster.run(bytes, id);
    },
    posterLost: (id: string): void => {
      clearPoster.run(id);
    },
  };
}

function fromRow(row: Row | undefined): Video | undefined {
  if (row === undefined) return undefined;
  return {
    ...row,
    identity: row.identity === null ? null : (JSON.parse(row.identity) as FileIdentity),
  };
}
