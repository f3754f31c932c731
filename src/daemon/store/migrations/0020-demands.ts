/** When a viewer began to wait for a task, as a key of the claim: of several, who has waited longest is served first. */
export const demands = `
ALTER TABLE tasks ADD COLUMN demanded_at INTEGER NOT NULL DEFAULT 0;
DROP INDEX tasks_waiting;
CREATE INDEX tasks_waiting ON tasks (lane, rank, demanded_at, priority, first_segment, id) WHERE state = 'queued';
`;
