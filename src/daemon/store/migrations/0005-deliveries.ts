/**
 * Events as clients read them, who is told of them, and what became of telling. Events of before
 * had other data and no reader: they go.
 */
export const deliveries = `
ALTER TABLE events ADD COLUMN owner TEXT NOT NULL DEFAULT 'local';
-- Of each job only the newest progress is kept.
CREATE INDEX events_of_progress ON events (job_id) WHERE type = 'job.progress';
CREATE TABLE event_horizon (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  pruned_to INTEGER NOT NULL                 -- events up to this one may be gone
) STRICT;
INSERT INTO event_horizon (id, pruned_to) SELECT 1, coalesce(max(id), 0) FROM events;
DELETE FROM events;

-- Who asked to be told how a job ends; several may have asked for the same job.
CREATE TABLE job_callbacks (
  job_id     TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  url        TEXT NOT NULL,
  PRIMARY KEY (job_id, url)
) STRICT, WITHOUT ROWID;
INSERT INTO job_callbacks (job_id, url) SELECT id, notify_url FROM jobs WHERE notify_url IS NOT NULL;
ALTER TABLE jobs DROP COLUMN notify_url;

CREATE TABLE deliveries (
  id           TEXT PRIMARY KEY,             -- webhook-id, the same at each attempt
  job_id       TEXT NOT NULL,                -- also of a job whose file never came
  type         TEXT NOT NULL,
  target       TEXT NOT NULL CHECK (target IN ('job', 'global')),
  url          TEXT NOT NULL,
  host         TEXT NOT NULL,                -- of the url, with its port: whose breaker it is
  message      TEXT NOT NULL,                -- JSON: contract webhookMessage
  state        TEXT NOT NULL DEFAULT 'waiting'
               CHECK (state IN ('waiting', 'delivered', 'failed', 'gone')),
  attempts     INTEGER NOT NULL DEFAULT 0,
  next_at      INTEGER NOT NULL,
  last_status  INTEGER,
  last_error   TEXT,
  attempted_at INTEGER,
  created_at   INTEGER NOT NULL,
  ended_at     INTEGER
) STRICT;
CREATE INDEX deliveries_due ON deliveries (next_at) WHERE state = 'waiting';
CREATE INDEX deliveries_by_job ON deliveries (job_id, created_at);
`;
