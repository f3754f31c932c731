/** Who asked for what another one's job is already: they may read it. */
export const jobReaders = `
CREATE TABLE job_readers (
  reader TEXT NOT NULL,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  PRIMARY KEY (reader, job_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_readers_by_job ON job_readers (job_id);
`;
