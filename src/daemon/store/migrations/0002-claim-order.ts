/**
 * What the claim and the lists need without reading every task: a task carries its job's priority
 * as an index key, a job when its first task after the probe was claimed, a rendition the sums of
 * its segments (kept by triggers, so that no writer can forget them).
 */
export const claimOrder = `
ALTER TABLE tasks ADD COLUMN priority INTEGER NOT NULL DEFAULT 1;
DROP INDEX tasks_waiting;
CREATE INDEX tasks_waiting ON tasks (lane, rank, priority, first_segment, id) WHERE state = 'queued';
CREATE INDEX tasks_backing_off ON tasks (not_before) WHERE state = 'queued' AND not_before > 0;
CREATE INDEX tasks_running ON tasks (job_id, kind) WHERE state = 'running';

ALTER TABLE jobs ADD COLUMN worked_at INTEGER;
CREATE INDEX jobs_by_plan ON jobs (plan_id);
CREATE INDEX jobs_unfinished ON jobs (created_at) WHERE completed_at IS NULL;

ALTER TABLE renditions ADD COLUMN segments_done INTEGER NOT NULL DEFAULT 0;
ALTER TABLE renditions ADD COLUMN bytes_done INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER segment_published AFTER INSERT ON segments BEGIN
  UPDATE renditions SET segments_done = segments_done + 1, bytes_done = bytes_done + NEW.size_bytes
  WHERE id = NEW.rendition_id;
END;
CREATE TRIGGER segment_lost AFTER DELETE ON segments BEGIN
  UPDATE renditions SET segments_done = segments_done - 1, bytes_done = bytes_done - OLD.size_bytes
  WHERE id = OLD.rendition_id;
END;
`;
