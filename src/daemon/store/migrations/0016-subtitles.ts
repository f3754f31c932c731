/** Subtitle files that came beside a video, and those inside one that cannot be shown as text. */
export const subtitles = `
CREATE TABLE subtitles (
  id         TEXT PRIMARY KEY,
  video_id   TEXT NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
  filename   TEXT NOT NULL,                 -- as the client named it; never used as a path
  sha256     TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  format     TEXT NOT NULL,                 -- srt, ass, vtt, smi: what it is
  encoding   TEXT NOT NULL,                 -- as it was decoded
  tracks     TEXT NOT NULL,                 -- JSON: store/subtitles.ts
  created_at INTEGER NOT NULL,
  UNIQUE (video_id, filename)
) STRICT;

ALTER TABLE plans ADD COLUMN unshown_subtitles TEXT NOT NULL DEFAULT '[]'; -- JSON: shared/renditions.ts
`;
