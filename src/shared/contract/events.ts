import { z } from 'zod';
import { jobView } from './job-view.js';

/**
 * What can happen to a job. `job.progress` is any change of what its view shows that none of the
 * others names: stage, percent, speed, finished segments.
 */
export const eventTypes = [
  'job.created',
  'job.planned',
  'job.progress',
  'job.changed',
  'job.paused',
  'job.resumed',
  'job.retried',
  'job.cancelled',
  'job.failed',
  'job.completed',
  'video.playable',
] as const;
export type EventType = (typeof eventTypes)[number];

/** One line of an NDJSON stream; over SSE `id` and `type` are its fields and `data` its data. */
export const jobEvent = z.object({
  /** Rises with every event: what a client sends back as Last-Event-ID. */
  id: z.number().int(),
  type: z.enum(eventTypes),
  jobId: z.string(),
  at: z.iso.datetime(),
  /** The whole job as it was when this had happened. */
  data: jobView,
});
export type JobEvent = z.infer<typeof jobEvent>;

/** What a stream says about itself; `id` is where it stands. */
export const streamNote = z.discriminatedUnion('type', [
  /** How the job of a stream stands when it begins. */
  jobEvent.extend({ type: z.literal('job.state') }),
  /** What came after the client's Last-Event-ID is not known any more: read the jobs anew. */
  z.object({
    id: z.number().int(),
    type: z.literal('reset'),
    jobId: z.null(),
    at: z.iso.datetime(),
    data: z.null(),
  }),
  /** The connection is alive. NDJSON only: over SSE it is a comment. */
  z.object({
    id: z.number().int(),
    type: z.literal('heartbeat'),
    jobId: z.null(),
    at: z.iso.datetime(),
    data: z.null(),
  }),
]);
export type StreamNote = z.infer<typeof streamNote>;

/** Decimal digits that fit a number exactly. */
const eventId = z
  .string()
  .regex(/^\d{1,15}$/, 'expected the id of an event')
  .transform(Number);

/** Where a stream begins: behind this event. An EventSource sends it as a header. */
export const eventsQuery = z.object({ after: eventId.optional() });
export const eventsHeaders = z.object({
  // A browser that saw no id yet may send it empty.
  'last-event-id': z.union([z.literal('').transform(() => undefined), eventId]).optional(),
  accept: z.string().optional(),
});
