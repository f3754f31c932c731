import { jobCommand } from '../several/job-command.js';

/** Cancels jobs: their processes stop, sources and finished segments stay. */
export const defineCancel = jobCommand(
  [['kdrama cancel JOB', '"kdrama retry JOB" goes on with it later']],
  (api, id) => api.cancel(id),
  (title) => `Cancelled ${title}. What was made of it stays.`,
);
