/** A better file of an episode takes the place of the one that is there, once it is ready. */
export const replacements = `
ALTER TABLE videos ADD COLUMN replaced_by TEXT REFERENCES videos (id) ON DELETE SET NULL;
CREATE INDEX videos_replaced ON videos (replaced_by) WHERE replaced_by IS NOT NULL;
`;
