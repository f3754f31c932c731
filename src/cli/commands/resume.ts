import { jobCommand } from '../several/job-command.js';

/** Goes on with paused jobs where they stopped. */
export const defineResume = jobCommand(
  [['kdrama resume JOB', 'from where it was']],
  (api, id) => api.resume(id),
  (title) => `Going on with ${title}.`,
);
