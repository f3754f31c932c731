import { operation } from '../operation.js';
import { workView } from '../system.js';

const answers = { 200: { description: 'What may be worked at from now on', schema: workView } };

export const pauseWork = operation({
  id: 'pauseWork',
  method: 'POST',
  paths: ['/work/pause'],
  tag: 'operations',
  access: 'admin',
  summary: 'Work at nothing, until it is resumed, also after a restart',
  description:
    'What runs goes back to the queue; what is made can be watched. No job changes its state.',
  answers,
  examples: [{ status: 200 }],
});

export const resumeWork = operation({
  id: 'resumeWork',
  method: 'POST',
  paths: ['/work/resume'],
  tag: 'operations',
  access: 'admin',
  summary: 'Go on with everything that is not paused by itself',
  answers,
  examples: [{ status: 200 }],
});

export const drainWork = operation({
  id: 'drainWork',
  method: 'POST',
  paths: ['/work/drain'],
  tag: 'operations',
  access: 'admin',
  summary: 'End the daemon as soon as what runs is done; nothing new is begun',
  answers,
  examples: [{ status: 200 }],
});
