/** What is turned on for the whole daemon; which uploaded files stay. */
export const policies = `
CREATE TABLE switches (
  name  TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE videos ADD COLUMN keep_source TEXT NOT NULL DEFAULT 'always';
ALTER TABLE videos ADD COLUMN source_state TEXT NOT NULL DEFAULT 'kept';  -- kept, removing, removed
CREATE INDEX videos_removing_source ON videos (id) WHERE source_state = 'removing';
-- Whether its copied renditions hold all picture, sound and text of the source.
ALTER TABLE plans ADD COLUMN is_whole_copy INTEGER NOT NULL DEFAULT 0;
`;
