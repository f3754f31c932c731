/** Whose a thing is (`local`: of the admin of this machine), and who is told how a job ends. */
export const owners = `
ALTER TABLE videos ADD COLUMN owner TEXT NOT NULL DEFAULT 'local';
ALTER TABLE uploads ADD COLUMN owner TEXT NOT NULL DEFAULT 'local';
ALTER TABLE jobs ADD COLUMN owner TEXT NOT NULL DEFAULT 'local';
ALTER TABLE jobs ADD COLUMN notify_url TEXT;
ALTER TABLE jobs ADD COLUMN workflow TEXT;          -- JSON: contract workflow
CREATE INDEX videos_by_owner ON videos (owner);
CREATE INDEX uploads_by_owner ON uploads (owner) WHERE state IN ('open', 'importing');
`;
