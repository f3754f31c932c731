import type { FileIdentity, KeepSource } from '../../shared/contract/index.js';
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
  /** The video that takes its place once that is ready. */
  readonly replacedBy: string | null;
  /** What is to become of its source. */
  readonly keepSource: KeepSource;
  /** `removing`: nothing needs it any more, its file goes. */
  readonly sourceState: 'kept' | 'removing' | 'removed';
}

export type VideoNames = Pick<Video, 'title' | 'series' | 'season' | 'episode' | 'description'>;
type Later = 'durationTicks' | 'posterBytes' | 'planId' | 'replacedBy' | 'sourceState';
type NewRow = Omit<Video, Later | 'owner' | 'keepSource'> &
  Partial<Pick<Video, 'owner' | 'keepSource'>>;
type Row = Omit<Video, 'identity'> & { identity: string | null };

const columns = `id, title, series, season, episode, description, filename,
  size_bytes AS sizeBytes, sha256, fingerprint, identity, duration_ticks AS durationTicks,
  poster_bytes AS posterBytes, plan_id AS planId, owner, created_at AS createdAt,
  replaced_by AS replacedBy, keep_source AS keepSource, source_state AS sourceState`;

export type VideoStore = ReturnType<typeof videoStore>;

export function videoStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO videos (id, title, series, season, episode, description, filename, size_bytes,
       sha256, fingerprint, identity, owner, keep_source, created_at)
     VALUES (@id, @title, @series, @season, @episode, @description, @filename, @sizeBytes,
       @sha256, @fingerprint, @identity, @owner, @keepSource, @createdAt)`,
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
  const replace = connection.prepare(`UPDATE videos SET replaced_by = ? WHERE id = ?`);
  const replaced = connection
    .prepare<[], string>(
      `SELECT v.id FROM videos v WHERE v.replaced_by IS NOT NULL AND EXISTS (
         SELECT 1 FROM jobs j WHERE j.video_id = v.replaced_by AND j.completed_at IS NOT NULL)`,
    )
    .pluck();
  const clearPoster = connection.prepare(`UPDATE videos SET poster_bytes = NULL WHERE id = ?`);
  const setSource = connection.prepare(`UPDATE videos SET source_state = ? WHERE id = ?`);
  const removing = connection
    .prepare<[], string>(`SELECT id FROM videos WHERE source_state = 'removing'`)
    .pluck();
  const own = connection.prepare(`UPDATE videos SET identity = NULL WHERE id = ?`);
  const setPoster = connection.prepare(`UPDATE videos SET poster_bytes = ? WHERE id = ?`);
  return {
    insert(video: NewRow): void {
      const { owner = localOwner, keepSource = 'always' } = video;
      insert.run({
        ...video,
        owner,
        keepSource,
        identity: video.identity && JSON.stringify(video.identity),
      });
    },
    find: (id: string): Video | undefined => fromRow(byId.get(id)),
    findBySha256: (sha256: string): Video | undefined => fromRow(bySha256.get(sha256)),
    findByFingerprint: (fingerprint: string): Video[] =>
      byFingerprint.all(fingerprint).flatMap((row) => fromRow(row) ?? []),
    rename: (id: string, names: VideoNames): void => {
      rename.run({ ...names, id });
    },
    setReplacement: (id: string, by: string | null): void => {
      replace.run(by, id);
    },
    /** Ids of videos in whose place another one is ready. */
    replaced: (): string[] => replaced.all(),
    /** With its plans, renditions, segments and jobs. False when there is none. */
    remove: (id: string): boolean => remove.run(id).changes === 1,
    setPlan: (id: string, planId: string, durationTicks: number): void => {
      setPlan.run({ id, planId, durationTicks });
    },
    setSource: (id: string, state: Video['sourceState']): void => {
      setSource.run(state, id);
    },
    /** Ids of those whose source was given up and may still lie there. */
    removingSource: (): string[] => removing.all(),
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
