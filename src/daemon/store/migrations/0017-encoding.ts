/** What encoded the chunks of a job that asked for hardware, as JSON. */
export const encoding = `
ALTER TABLE jobs ADD COLUMN encoding TEXT;
`;
