import { workWords } from '../output/work-words.js';
import { jobCommand } from '../several/job-command.js';

/** Goes on with paused jobs where they stopped, or with everything. */
export const defineResume = jobCommand(
  [
    ['kdrama resume JOB', 'from where it was'],
    ['kdrama resume --all', 'with everything that is not paused by itself'],
  ],
  (api, id) => api.resume(id),
  (title) => `Going on with ${title}.`,
  {
    about: 'everything that is not paused by itself',
    act: (api) => api.resumeAll(),
    said: (work) => workWords(work) ?? 'Going on.',
  },
);
