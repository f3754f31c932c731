import { z } from 'zod';
import { operation } from '../operation.js';
import { configView, metricsView, usageView } from '../system.js';

const noStore = { 'Cache-Control': 'no-store' };

export const showMetrics = operation({
  id: 'showMetrics',
  method: 'GET',
  paths: ['/metrics'],
  alsoAtRoot: true,
  tag: 'operations',
  access: 'admin',
  scopes: ['metrics'],
  summary: 'Counters, as JSON or as Prometheus text',
  description:
    'Text for who accepts `text/plain` or OpenMetrics and not JSON, as Prometheus does, and for `?format=prometheus`; JSON for all others.',
  query: z.object({ format: z.enum(['json', 'prometheus']).optional() }),
  answers: {
    200: {
      description: 'Everything that is counted since the start, and how things stand now',
      schema: metricsView,
      contentType: ['application/json', 'text/plain; version=0.0.4; charset=utf-8'],
      headers: noStore,
    },
  },
  examples: [{ status: 200 }, { query: { format: 'xml' }, status: 400 }],
});

export const showConfig = operation({
  id: 'showConfig',
  method: 'GET',
  paths: ['/config'],
  alsoAtRoot: true,
  tag: 'operations',
  access: 'admin',
  summary: 'The effective settings, and where each comes from',
  description: 'Secrets are never shown: `value` is null, `isSet` says whether there is one.',
  answers: {
    200: { description: 'Every setting', schema: configView, headers: noStore },
  },
  examples: [{ status: 200 }],
});

export const showUsage = operation({
  id: 'showUsage',
  method: 'GET',
  paths: ['/usage'],
  tag: 'operations',
  access: 'admin',
  summary: 'What the videos take on the disk, the largest first',
  description: 'A source that is a hard link shares its bytes with the file that it was made of.',
  query: z.object({ limit: z.coerce.number().int().min(1).max(10_000).default(1000) }),
  answers: {
    200: { description: 'Bytes of each and of all', schema: usageView, headers: noStore },
  },
  examples: [{ status: 200 }, { query: { limit: 0 }, status: 400 }],
});
