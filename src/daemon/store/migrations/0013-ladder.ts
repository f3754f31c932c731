/** Whether the encoded renditions of a plan are made at once or on demand. */
export const ladder = `
ALTER TABLE jobs ADD COLUMN ladder TEXT NOT NULL DEFAULT 'full';
`;
