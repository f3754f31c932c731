/** Browsers and players that were paired or signed in. */
export const devices = `
CREATE TABLE devices (
  id           TEXT PRIMARY KEY,
  token_hash   BLOB NOT NULL UNIQUE,    -- SHA-256 of what its cookie holds
  name         TEXT NOT NULL,           -- for people, from its User-Agent
  role         TEXT NOT NULL,           -- what it was paired for; a user's device may what the user may
  user_id      TEXT,                    -- null: paired, nobody's
  created_at   INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX devices_by_user ON devices (user_id) WHERE user_id IS NOT NULL;
`;
