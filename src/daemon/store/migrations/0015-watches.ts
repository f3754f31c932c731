/** Folders that are watched, and what became of each file in them. */
export const watches = `
CREATE TABLE watches (
  id         TEXT PRIMARY KEY,
  path       TEXT NOT NULL UNIQUE,            -- absolute
  mode       TEXT NOT NULL CHECK (mode IN ('keep', 'move')),
  polls      INTEGER NOT NULL,                -- 1: without hints of the file system
  is_once    INTEGER NOT NULL,                -- 1: ends when every file in it has ended
  origin     TEXT NOT NULL CHECK (origin IN ('command', 'config')),
  device     REAL,                            -- of the file system that it was on when last seen
  created_at INTEGER NOT NULL,
  ended_at   INTEGER                          -- of one that ends; NULL while it is watched
) STRICT;

CREATE TABLE watched_files (
  watch_id    TEXT NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
  path        TEXT NOT NULL,                  -- below the folder
  state       TEXT NOT NULL,                  -- contract watchedFileStates
  identity    TEXT,                           -- JSON: contract fileIdentity; NULL: no file
  fingerprint TEXT,                           -- of the content that was added
  upload_id   TEXT,                           -- of the import that takes it
  video_id    TEXT,                           -- that it became; it may be removed since
  error       TEXT,                           -- JSON: {code, message}
  retry_at    INTEGER,                        -- tried again then, without a change
  is_present  INTEGER NOT NULL,               -- 0: the last whole look did not find it
  updated_at  INTEGER NOT NULL,
  PRIMARY KEY (watch_id, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX watched_files_by_state ON watched_files (watch_id, state);
`;
