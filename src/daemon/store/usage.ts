import type { Connection } from './open.js';

export interface VideoUsage {
  readonly videoId: string;
  readonly title: string;
  readonly sourceBytes: number;
  readonly renditionBytes: number;
}

export type UsageStore = ReturnType<typeof usageStore>;

/** Poster and subtitle files, and segments, init segments and storyboards of all plans that a video has. */
const perVideo = `
  SELECT v.id AS videoId, v.title,
    CASE WHEN v.source_state = 'removed' THEN 0 ELSE v.size_bytes END AS sourceBytes,
    coalesce(v.poster_bytes, 0) + coalesce((
      SELECT sum(r.bytes_done + coalesce(r.init_bytes, 0))
      FROM plans p JOIN renditions r ON r.plan_id = p.id WHERE p.video_id = v.id), 0)
    + coalesce((
      SELECT sum(s.size_bytes)
      FROM plans p JOIN storyboards s ON s.plan_id = p.id WHERE p.video_id = v.id), 0)
    + coalesce((SELECT sum(s.size_bytes) FROM subtitles s WHERE s.video_id = v.id), 0)
    AS renditionBytes
  FROM videos v`;

/** What somebody's uploads take, and what each video does. */
export function usageStore(connection: Connection) {
  const bytes = connection
    .prepare<[{ owner: string; now: number }], number>(
      `SELECT (SELECT coalesce(sum(size_bytes), 0) FROM videos
          WHERE owner = @owner AND source_state <> 'removed')
         + (SELECT coalesce(sum(s.size_bytes), 0) FROM videos v
            JOIN subtitles s ON s.video_id = v.id WHERE v.owner = @owner)
         + (SELECT coalesce(sum(size_bytes), 0) FROM uploads
            WHERE owner = @owner AND state IN ('open', 'importing') AND expires_at > @now)`,
    )
    .pluck();
  const byVideo = connection.prepare<[number], VideoUsage>(
    `SELECT videoId, title, sourceBytes, renditionBytes FROM (${perVideo})
     ORDER BY sourceBytes + renditionBytes DESC, videoId LIMIT ?`,
  );
  const total = connection.prepare<
    [],
    { videos: number; sourceBytes: number; renditionBytes: number }
  >(
    `SELECT count(*) AS videos, coalesce(sum(sourceBytes), 0) AS sourceBytes,
       coalesce(sum(renditionBytes), 0) AS renditionBytes FROM (${perVideo})`,
  );
  return {
    /** Of the files of their videos, subtitle files among them, and what their unfinished uploads have announced. */
    bytesOf: (owner: string, now: number): number => bytes.get({ owner, now }) ?? 0,
    /** Who takes most, first. */
    byVideo: (limit: number): VideoUsage[] => byVideo.all(limit),
    total: (): Omit<VideoUsage, 'videoId' | 'title'> & { videos: number } =>
      total.get() ?? { videos: 0, sourceBytes: 0, renditionBytes: 0 },
  };
}
