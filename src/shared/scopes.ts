/** What an API key can be limited to, beside its role. */
export const scopes = ['upload', 'jobs', 'watch', 'workflow', 'metrics'] as const;
export type Scope = (typeof scopes)[number];
