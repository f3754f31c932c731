/** Users, API keys and revoked sign-ins. */
export const access = `
CREATE TABLE users (
  id          TEXT PRIMARY KEY,
  username    TEXT NOT NULL,              -- as it was written
  name_key    TEXT NOT NULL,              -- the same for names that only differ in case
  password    TEXT NOT NULL,              -- scrypt with its parameters and salt
  role        TEXT NOT NULL CHECK (role IN ('user', 'uploader', 'admin')),
  generation  INTEGER NOT NULL DEFAULT 1, -- of sign-ins: older ones are not good any more
  signed_out_at INTEGER NOT NULL,         -- when the generation began
  created_at  INTEGER NOT NULL,
  deleted_at  INTEGER                     -- the row stays: tokens that name it must not pass for a stranger's
) STRICT;
CREATE UNIQUE INDEX users_by_name ON users (name_key) WHERE deleted_at IS NULL;

CREATE TABLE api_keys (
  id           TEXT PRIMARY KEY,          -- the prefix that everybody may see
  name         TEXT NOT NULL,
  hash         BLOB NOT NULL,             -- SHA-256 of the key: 256 random bits need no slow one
  user_id      TEXT REFERENCES users (id) ON DELETE CASCADE, -- null: the key stands for itself
  role         TEXT NOT NULL CHECK (role IN ('user', 'uploader', 'admin')),
  scopes       TEXT,                      -- JSON: a list; null: all that the role may
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER,
  last_used_at INTEGER
) STRICT;
CREATE INDEX api_keys_by_user ON api_keys (user_id);

CREATE TABLE revoked_sign_ins (
  id         TEXT PRIMARY KEY,            -- jti, else the SHA-256 of what was signed
  expires_at INTEGER NOT NULL             -- of the token: after that nobody asks
) STRICT, WITHOUT ROWID;
CREATE INDEX revoked_sign_ins_by_expiry ON revoked_sign_ins (expires_at);
`;
