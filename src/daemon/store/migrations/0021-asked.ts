/** When somebody last asked for a video as this job makes it: of several that are ready, the last asked for is played. */
export const asked = `
ALTER TABLE jobs ADD COLUMN asked_at INTEGER NOT NULL DEFAULT 0;
UPDATE jobs SET asked_at = created_at;
`;
