import { jobCommand } from '../several/job-command.js';

/** Pauses jobs, or everything: processes stop until it is resumed, and what is made can be watched. */
export const definePause = jobCommand(
  [
    ['kdrama pause JOB', '"kdrama resume JOB" goes on with it'],
    ['kdrama pause --all', 'everything, also after a restart'],
  ],
  (api, id) => api.pause(id),
  (title) => `Paused ${title}; "kdrama resume" goes on with it.`,
  {
    about: 'everything, also after a restart',
    act: (api) => api.pauseAll(),
    said: () => 'Everything is paused; "kdrama resume --all" goes on.',
  },
);
