import { Hono, type Context } from 'hono';
import type { Input } from '../../../shared/contract/operation.js';
import type { JobView } from '../../../shared/contract/index.js';
import { allEvents, jobEvents } from '../../../shared/contract/operations/events.js';
import { finalJobStates } from '../../../shared/states.js';
import type { Clock } from '../../clock.js';
import type { EventStore } from '../../store/events.js';
import { mayRead } from '../auth/ownership.js';
import type { ReadViewer } from '../auth/credentials.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import { findJob, type ReadableJobs } from '../jobs/own-job.js';
import { beginningOf, type Beginning } from './beginning.js';
import type { EventFeed } from './feed.js';
import { isOfSnakeFamily } from '../request/snake-case.js';
import { formFor, type Form } from './form.js';
import { eventStream, type Listening, type StreamTiming } from './listener.js';
import type { Seats } from './seats.js';

export interface EventParts {
  readonly events: EventStore;
  readonly feed: EventFeed;
  readonly jobs: ReadableJobs;
  readonly seats: Seats;
  readonly clock: Clock;
  readonly timing: StreamTiming;
  readonly readViewer: ReadViewer;
}

/** Streams of what happens: Server-Sent Events, or NDJSON by `Accept`. */
export function eventRoutes(parts: EventParts): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, allEvents, (c, input) => listenToAll(c, parts, input));
  endpoint(app, jobEvents, (c, input) => listenToJob(c, parts, input));
  return app;
}

function listenToAll(c: Context<AppEnv>, parts: EventParts, input: Input<typeof allEvents>) {
  const form = formFor(input.headers.accept, false);
  const beginning = beginningOf(parts.events, afterOf(input));
  return answer(c, parts, form, {
    ...ofBeginning(parts, form, beginning, undefined),
    isFor: (event) => mayRead(c.get('viewer'), event, parts.jobs.isReader),
    isOver: () => false,
    mayGoOn: () => isStillViewer(c, parts),
  });
}

/** The stream of a job ends with the job; whoever knows that already gets 204. */
function listenToJob(c: Context<AppEnv>, parts: EventParts, input: Input<typeof jobEvents>) {
  const job = findJob(c, parts.jobs, input.params.id);
  const { jobId } = job;
  const beginning = beginningOf(parts.events, afterOf(input));
  const isNews = beginning.isAnew || parts.events.ofJob(jobId, beginning.from, 1).length > 0;
  if (!isNews && isFinal(job)) return c.body(null, 204);
  const form = formFor(input.headers.accept, isOfSnakeFamily(c.req.path));
  const isStillFinal = () => isFinal(parts.jobs.view(jobId));
  return answer(c, parts, form, {
    ...ofBeginning(parts, form, beginning, job),
    jobId,
    isFor: (event) => event.jobId === jobId,
    // An end may be followed by a retry: only the job itself knows.
    isOver: (last) => (last === undefined || isFinal(last.data)) && isStillFinal(),
    mayGoOn: async () => parts.jobs.view(jobId) !== undefined && isStillViewer(c, parts),
  });
}

/** An EventSource that connects again sends its old address with the newest id as a header. */
function afterOf({
  headers,
  query,
}: Pick<Input<typeof allEvents>, 'headers' | 'query'>): number | undefined {
  return headers['last-event-id'] ?? query.after;
}

function isFinal(job: Pick<JobView, 'status'> | undefined): boolean {
  return job === undefined || finalJobStates.includes(job.status);
}

function ofBeginning(
  { clock }: EventParts,
  form: Form,
  { from, isAnew, isReset }: Beginning,
  job: JobView | undefined,
): Pick<Listening, 'form' | 'from' | 'opening'> {
  const line = { id: from, at: new Date(clock.now()).toISOString() };
  const note = { ...line, jobId: null, data: null };
  const opening = [
    form.opening(from),
    isReset ? form.line({ ...note, type: 'reset' }) : '',
    isAnew && job !== undefined
      ? form.line({ ...line, type: 'job.state', jobId: job.jobId, data: job })
      : form.line({ ...note, type: 'heartbeat' }),
  ];
  return { form, from, opening: opening.join('') };
}

function answer(
  c: Context<AppEnv>,
  { feed, seats, clock, timing }: EventParts,
  { contentType }: Form,
  listening: Omit<Listening, 'feed' | 'timing' | 'clock' | 'cutOff' | 'onEnd'>,
): Response {
  c.header('Content-Type', contentType);
  c.header('Cache-Control', 'no-store');
  c.header('Vary', 'Accept');
  c.header('X-Accel-Buffering', 'no'); // nginx would collect events until its buffer is full
  if (c.req.method === 'HEAD') return c.body(null);
  const onEnd = seats.take(c.get('viewer')?.id ?? '');
  const cutOff = () => c.env.outgoing.destroy();
  return c.body(eventStream({ ...listening, feed, timing, clock, cutOff, onEnd }));
}

/** A credential that was revoked or has expired ends what it opened. */
async function isStillViewer(c: Context<AppEnv>, { readViewer }: EventParts): Promise<boolean> {
  const [before, now] = [c.get('viewer'), await readViewer(c)];
  return now !== null && now.id === before?.id && now.role === before.role;
}
