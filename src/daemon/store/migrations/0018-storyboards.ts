/** Small pictures for the seek bar, of a plan; and the chapters that the video's file names. */
export const storyboards = `
CREATE TABLE storyboards (
  plan_id    TEXT PRIMARY KEY REFERENCES plans (id) ON DELETE CASCADE,
  storyboard TEXT NOT NULL,                 -- JSON: shared/storyboard.ts
  size_bytes INTEGER NOT NULL               -- of all sheets
) STRICT, WITHOUT ROWID;

ALTER TABLE plans ADD COLUMN chapters TEXT NOT NULL DEFAULT '[]'; -- JSON: shared/chapters.ts
`;
