/** Who asked for what another one's job is already: they may read it, and what they were told of it. */
export const jobReaders = `
CREATE TABLE job_readers (
  reader TEXT NOT NULL,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  PRIMARY KEY (reader, job_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_readers_by_job ON job_readers (job_id);

ALTER TABLE job_callbacks ADD COLUMN asker TEXT NOT NULL DEFAULT 'local';
`;
