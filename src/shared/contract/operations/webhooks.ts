import { z } from 'zod';
import { operation } from '../operation.js';
import { deliveryList, webhookSecret } from '../webhooks.js';

export const jobDeliveries = operation({
  id: 'jobDeliveries',
  method: 'GET',
  paths: ['/jobs/:id/deliveries', '/job/:id/deliveries'],
  tag: 'webhooks',
  access: 'uploader',
  concealed: 'TRANSCODE_JOB_NOT_FOUND',
  summary: 'The webhooks of a job and what became of each',
  description: 'Who may read the job and not control it sees those to the `notifyUrl` they named.',
  params: z.object({ id: z.string() }),
  answers: { 200: { description: 'Oldest first', schema: deliveryList } },
  errors: ['TRANSCODE_JOB_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const webhookSecretOf = operation({
  id: 'webhookSecret',
  method: 'GET',
  paths: ['/webhooks/secret'],
  tag: 'webhooks',
  access: 'admin',
  noKeys: true,
  summary: 'What targets check the signatures of webhooks with',
  answers: { 200: { description: 'As Standard Webhooks write it', schema: webhookSecret } },
  examples: [{ status: 200 }],
});
