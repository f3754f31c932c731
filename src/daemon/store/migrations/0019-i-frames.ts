/** Where the first picture of a segment ends; NULL in sound, text, and what was published before. */
export const iFrames = `
ALTER TABLE segments ADD COLUMN i_frame_bytes INTEGER;
`;
