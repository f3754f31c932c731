import { jobCommand } from '../several/job-command.js';

/** Goes on with failed or cancelled jobs: only what is missing is made. */
export const defineRetry = jobCommand(
  [['kdrama retry JOB', 'makes what is missing']],
  (api, id) => api.retry(id),
  (title) => `Going on with ${title}.`,
);
