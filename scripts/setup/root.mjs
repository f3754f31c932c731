import { fileURLToPath } from 'node:url';

/** The checkout's own directory, with a trailing slash. */
export const root = fileURLToPath(new URL('../../', import.meta.url));
