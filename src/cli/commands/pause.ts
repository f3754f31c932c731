import { jobCommand } from '../several/job-command.js';

/** Pauses jobs: their processes stop until they are resumed, and what is made can be watched. */
export const definePause = jobCommand(
  [['kdrama pause JOB', '"kdrama resume JOB" goes on with it']],
  (api, id) => api.pause(id),
  (title) => `Paused ${title}; "kdrama resume" goes on with it.`,
);
