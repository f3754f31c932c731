/** Answers that are remembered under an Idempotency-Key: of one viewer, for one operation. */
export const answers = `
CREATE TABLE answers (
  viewer     TEXT NOT NULL,
  operation  TEXT NOT NULL,
  key        TEXT NOT NULL,
  request    TEXT NOT NULL,            -- SHA-256 of target and body
  status     INTEGER NOT NULL,
  headers    TEXT NOT NULL,            -- JSON {name: value}
  body       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (viewer, operation, key)
) STRICT;
CREATE INDEX answers_by_age ON answers (created_at);
`;
