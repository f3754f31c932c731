/** Users, API keys and revoked sign-ins. */
export const access = ``;
