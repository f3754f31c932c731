import { z } from 'zod';
import { eventsHeaders, eventsQuery } from '../events.js';
import { operation } from '../operation.js';

const stream = {
  200: {
    description:
      'Server-Sent Events: `id`, `event` (the type) and `data` (the whole job as JSON, as `GET /jobs/:id` shows it). With `Accept: application/x-ndjson` one JSON object `{id,type,jobId,at,data}` a line.',
    contentType: ['text/event-stream', 'application/x-ndjson'],
  },
} as const;

const resuming =
  '`Last-Event-ID` (or `?after=`) goes on behind that event, also after a restart of the daemon: nothing is lost or told twice. A `job.progress` that a later event of its job has overtaken is not repeated. When what followed is not known any more, a `reset` comes first. Every 15 s without news there is a heartbeat: a comment, in NDJSON a line of type `heartbeat`.';

export const allEvents = operation({
  id: 'allEvents',
  method: 'GET',
  paths: ['/events'],
  tag: 'events',
  access: 'uploader',
  summary: 'What happens to all jobs that you may see',
  description: `From now on, unless told where to begin. ${resuming}`,
  query: eventsQuery,
  headers: eventsHeaders,
  answers: stream,
  errors: ['SERVER_BUSY'],
  examples: [{ query: { after: 'yesterday' }, status: 400 }],
});

export const jobEvents = operation({
  id: 'jobEvents',
  method: 'GET',
  paths: ['/jobs/:id/events', '/job/:id/events'],
  tag: 'events',
  access: 'uploader',
  concealed: 'TRANSCODE_JOB_NOT_FOUND',
  summary: 'What happens to one job',
  description: `Begins with a \`job.state\`, how the job stands, and ends when the job is completed, failed or cancelled. ${resuming}`,
  params: z.object({ id: z.string() }),
  query: eventsQuery,
  headers: eventsHeaders,
  answers: {
    ...stream,
    204: {
      description: 'The job has ended and you know it: a browser that hears this stops asking',
    },
  },
  errors: ['TRANSCODE_JOB_NOT_FOUND', 'SERVER_BUSY'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});
