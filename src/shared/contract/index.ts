/** The HTTP contract as zod schemas: validation in the daemon, types everywhere. */
export * from './api-keys.js';
export * from './command-line.js';
export * from './errors.js';
export * from './events.js';
export * from './job-settings.js';
export * from './job-view.js';
export * from './jobs.js';
export * from './workflow.js';
export * from './sessions.js';
export * from './subtitles.js';
export * from './system.js';
export * from './upload.js';
export * from './users.js';
export * from './videos.js';
export * from './watches.js';
export * from './webhooks.js';
