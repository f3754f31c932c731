/** What a tus client said of its file: HEAD answers with the same words. */
export const tus = `
ALTER TABLE uploads ADD COLUMN tus_metadata TEXT;   -- the Upload-Metadata line; NULL without one
`;
