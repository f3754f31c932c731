/** Times are milliseconds since 1970 (`_at`), JSON columns say so, ids match shared/ids.ts. */
export const start = `
CREATE TABLE videos (
  id             TEXT PRIMARY KEY,
  title          TEXT NOT NULL,
  series         TEXT NOT NULL DEFAULT '',
  season         INTEGER,
  episode        INTEGER,                    -- NULL: unknown; 0 is a special
  description    TEXT NOT NULL DEFAULT '',
  filename       TEXT NOT NULL,              -- as the client named it; never used as a path
  size_bytes     INTEGER NOT NULL,
  sha256         TEXT NOT NULL UNIQUE,
  fingerprint    TEXT NOT NULL,
  identity       TEXT,                       -- JSON; only of a hard link: compared before each use
  duration_ticks INTEGER,                    -- NULL until probed
  poster_bytes   INTEGER,                    -- NULL until made
  plan_id        TEXT REFERENCES plans (id), -- the plan that is played; NULL until probed
  created_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX videos_by_age ON videos (created_at);
CREATE INDEX videos_by_fingerprint ON videos (fingerprint);

CREATE TABLE uploads (
  id           TEXT PRIMARY KEY,             -- becomes the video's id when the content is new
  kind         TEXT NOT NULL CHECK (kind IN ('chunks', 'import')),
  state        TEXT NOT NULL CHECK (state IN ('open', 'importing', 'complete', 'failed', 'aborted')),
  filename     TEXT NOT NULL,
  size_bytes   INTEGER NOT NULL,
  chunk_bytes  INTEGER,                      -- NULL for an import
  fingerprint  TEXT,
  metadata     TEXT NOT NULL,                -- JSON: contract videoMetadata
  import_from  TEXT,                         -- JSON: {path, identity, link}; NULL for chunks
  video_id     TEXT REFERENCES videos (id) ON DELETE SET NULL,
  error        TEXT,                         -- JSON: {code, message}
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_by_fingerprint ON uploads (fingerprint) WHERE state = 'open';

CREATE TABLE upload_ranges (
  upload_id  TEXT NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
  start_byte INTEGER NOT NULL,
  end_byte   INTEGER NOT NULL,               -- exclusive
  sha256     TEXT NOT NULL,
  PRIMARY KEY (upload_id, start_byte)
) STRICT, WITHOUT ROWID;

CREATE TABLE plans (
  id           TEXT PRIMARY KEY,
  video_id     TEXT NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
  target_ticks INTEGER NOT NULL,
  boundaries   TEXT NOT NULL,                -- JSON: ticks from time zero, first 0, last the end
  created_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX plans_by_video ON plans (video_id);

CREATE TABLE renditions (
  id          TEXT PRIMARY KEY,
  plan_id     TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
  kind        TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'subtitle')),
  name        TEXT NOT NULL,                 -- 1080p, audio-0, subtitle-1
  version     INTEGER NOT NULL,
  method      TEXT NOT NULL CHECK (method IN ('copied', 'encoded')),
  reason      TEXT NOT NULL,
  position    INTEGER NOT NULL,              -- order in the master playlist and the menus
  traits      TEXT NOT NULL,                 -- JSON: shared/renditions.ts
  segments    INTEGER NOT NULL,              -- how many there will be
  init_bytes  INTEGER,                       -- NULL until published
  UNIQUE (plan_id, name, version)
) STRICT;

CREATE TABLE segments (
  rendition_id TEXT NOT NULL REFERENCES renditions (id) ON DELETE CASCADE,
  number       INTEGER NOT NULL,
  size_bytes   INTEGER NOT NULL,
  PRIMARY KEY (rendition_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
  id           TEXT PRIMARY KEY,
  video_id     TEXT NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
  plan_id      TEXT REFERENCES plans (id) ON DELETE SET NULL,
  settings     TEXT NOT NULL,                -- JSON: contract jobSettings
  priority     INTEGER NOT NULL DEFAULT 1,   -- 0 high, 1 normal, 2 low
  paused       INTEGER NOT NULL DEFAULT 0,
  cancelled_at INTEGER,
  failure      TEXT,                         -- JSON: {code, message}
  progress     REAL NOT NULL DEFAULT 0,      -- high-water mark, 0 to 100
  created_at   INTEGER NOT NULL,
  started_at   INTEGER,
  playable_at  INTEGER,
  completed_at INTEGER,
  UNIQUE (video_id, settings)
) STRICT;
CREATE INDEX jobs_by_age ON jobs (created_at);

CREATE TABLE tasks (
  id            INTEGER PRIMARY KEY,
  job_id        TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  kind          TEXT NOT NULL,
  state         TEXT NOT NULL,
  lane          TEXT NOT NULL,
  rank          INTEGER NOT NULL,            -- 0 a viewer waits, 1 beginnings, 2 the rest, 3 pictures
  first_segment INTEGER NOT NULL DEFAULT 0,
  segments      INTEGER NOT NULL DEFAULT 0,
  renditions    TEXT NOT NULL DEFAULT '[]',  -- JSON: ids
  attempt       TEXT,                        -- fencing token of the running attempt
  failures      INTEGER NOT NULL DEFAULT 0,  -- of 3: only what the task itself reported
  deaths        INTEGER NOT NULL DEFAULT 0,  -- of 5: the daemon died and nothing new was published
  error         TEXT,                        -- JSON: {code, message} of the last failure
  not_before    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX tasks_waiting ON tasks (lane, rank, first_segment, id) WHERE state = 'queued';
CREATE INDEX tasks_by_job ON tasks (job_id, state);

CREATE TABLE events (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  job_id TEXT NOT NULL,
  type   TEXT NOT NULL,
  data   TEXT NOT NULL,                      -- JSON
  at     INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_job ON events (job_id, id);

CREATE TABLE secrets (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;
`;
