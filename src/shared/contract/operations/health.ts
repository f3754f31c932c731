import { operation } from '../operation.js';
import { health, liveness } from '../system.js';

const noStore = { 'Cache-Control': 'no-store' };

export const showHealth = operation({
  id: 'showHealth',
  method: 'GET',
  paths: ['/health'],
  alsoAtRoot: true,
  tag: 'operations',
  access: 'open',
  summary: 'How the daemon and each of its parts are',
  description:
    'Always 200 while it runs; monitors that follow status codes ask `/health/ready`. Details of the parts are for admins.',
  answers: { 200: { description: 'It runs', schema: health, headers: noStore } },
  examples: [{ status: 200 }],
});

export const showLiveness = operation({
  id: 'showLiveness',
  method: 'GET',
  paths: ['/health/live'],
  alsoAtRoot: true,
  tag: 'operations',
  access: 'open',
  summary: 'Whether the process runs',
  answers: { 200: { description: 'It does', schema: liveness, headers: noStore } },
  examples: [{ status: 200 }],
});

export const showReadiness = operation({
  id: 'showReadiness',
  method: 'GET',
  paths: ['/health/ready'],
  alsoAtRoot: true,
  tag: 'operations',
  access: 'open',
  summary: 'Whether it can serve: database and media directory work, the disk is not full',
  answers: {
    200: { description: 'It can', schema: health, headers: noStore },
    503: {
      description: 'It cannot; `parts` says why',
      schema: health,
      headers: { ...noStore, 'Retry-After': 'Seconds after which to ask again' },
    },
  },
  examples: [{ status: 200 }],
});
