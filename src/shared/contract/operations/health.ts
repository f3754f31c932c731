import { operation } from '../operation.js';
import { health } from '../system.js';

export const showHealth = operation({
  id: 'showHealth',
  method: 'GET',
  paths: ['/health'],
  alsoAtRoot: true,
  tag: 'operations',
  access: 'open',
  summary: 'Whether the daemon works; for monitors and for the command line',
  answers: { 200: { description: 'How it is', schema: health } },
  examples: [{ status: 200 }],
});
