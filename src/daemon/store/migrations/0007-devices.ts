/** Browsers and players that were paired or signed in. */
export const devices = ``;
