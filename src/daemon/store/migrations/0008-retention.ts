/** Of a segment, from the boundaries of its plan; inside a statement about `renditions`. */
const ticksOf = (segment: 'NEW' | 'OLD' | 's') => `coalesce((
    SELECT json_extract(boundaries, '$[' || (${segment}.number + 1) || ']')
      - json_extract(boundaries, '$[' || ${segment}.number || ']')
    FROM plans WHERE id = renditions.plan_id), 0)`;

/**
 * When a job ended, so that it can be forgotten; other names of jobs; what lists and the expected
 * end read without looking at every job.
 */
export const retention = `
ALTER TABLE jobs ADD COLUMN use_gpu INTEGER NOT NULL DEFAULT 0;
ALTER TABLE jobs ADD COLUMN ended_at INTEGER;  -- NULL while it is being made
UPDATE jobs SET ended_at = coalesce(completed_at, cancelled_at, created_at)
  WHERE completed_at IS NOT NULL OR cancelled_at IS NOT NULL OR failure IS NOT NULL;
CREATE INDEX jobs_by_end ON jobs (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX jobs_live ON jobs (priority, created_at)
  WHERE ended_at IS NULL AND paused = 0 AND plan_id IS NOT NULL;
CREATE INDEX jobs_of_video ON jobs (video_id, created_at);

CREATE INDEX events_by_time ON events (at);
CREATE INDEX deliveries_by_end ON deliveries (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE job_names (
  name   TEXT PRIMARY KEY,                     -- asked for when there was a job for this already
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX job_names_by_job ON job_names (job_id);

CREATE INDEX uploads_by_job ON uploads (json_extract(import_from, '$.job.jobId'))
  WHERE import_from IS NOT NULL;
-- How long all published segments of a rendition are together: they are not equally long.
ALTER TABLE renditions ADD COLUMN ticks_done INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER segment_adds_time AFTER INSERT ON segments BEGIN
  UPDATE renditions SET ticks_done = ticks_done + ${ticksOf('NEW')} WHERE id = NEW.rendition_id;
END;
CREATE TRIGGER segment_takes_time AFTER DELETE ON segments BEGIN
  UPDATE renditions SET ticks_done = ticks_done - ${ticksOf('OLD')} WHERE id = OLD.rendition_id;
END;
UPDATE renditions SET ticks_done =
  (SELECT coalesce(sum(${ticksOf('s')}), 0) FROM segments s WHERE s.rendition_id = renditions.id);
-- A picture comes last of its own episode, not of all.
UPDATE tasks SET rank = 2, first_segment = 1000000 WHERE rank = 3 AND state = 'queued';
`;
