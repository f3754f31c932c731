import type { Connection } from './open.js';

/** One language of a subtitle file, published as a WebVTT file of its own. */
export interface StoredTrack {
  /** BCP 47, `und` when unknown. */
  readonly language: string;
  readonly label: string;
  readonly isForced: boolean;
  readonly isSdh: boolean;
  readonly cues: number;
}

/** A subtitle file that came beside a video. Its bytes never change: another one is another row. */
export interface Subtitle {
  readonly id: string;
  readonly videoId: string;
  readonly filename: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly format: string;
  readonly encoding: string;
  readonly tracks: readonly StoredTrack[];
  readonly createdAt: number;
}

type Row = Omit<Subtitle, 'tracks'> & { readonly tracks: string };

const columns = `id, video_id AS videoId, filename, sha256, size_bytes AS sizeBytes, format, encoding,
  tracks, created_at AS createdAt`;

export type SubtitleStore = ReturnType<typeof subtitleStore>;

export function subtitleStore(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO subtitles
       (id, video_id, filename, sha256, size_bytes, format, encoding, tracks, created_at)
     VALUES (@id, @videoId, @filename, @sha256, @sizeBytes, @format, @encoding, @tracks, @createdAt)`,
  );
  const ofVideo = connection.prepare<[string], Row>(
    `SELECT ${columns} FROM subtitles WHERE video_id = ? ORDER BY created_at, rowid`,
  );
  const remove = connection.prepare(`DELETE FROM subtitles WHERE video_id = ? AND id = ?`);
  return {
    insert: (subtitle: Subtitle): void => {
      insert.run({ ...subtitle, tracks: JSON.stringify(subtitle.tracks) });
    },
    /** In the order in which they came. */
    ofVideo: (videoId: string): Subtitle[] =>
      ofVideo
        .all(videoId)
        .map((row) => ({ ...row, tracks: JSON.parse(row.tracks) as StoredTrack[] })),
    /** False when the video has none of this id. */
    remove: (videoId: string, id: string): boolean => remove.run(videoId, id).changes === 1,
  };
}
