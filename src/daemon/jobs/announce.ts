import type { EventType } from '../store/events.js';
import type { JobContext } from './context.js';

/** Writes an event of a job inside the open transaction; the bus hears of it after the commit. */
export function announce(
  { store, bus, clock }: JobContext,
  job: { readonly id: string; readonly videoId: string },
  type: EventType,
  data: Readonly<Record<string, unknown>> = {},
): void {
  store.events.add({
    jobId: job.id,
    type,
    data: { videoId: job.videoId, ...data },
    at: clock.now(),
  });
  store.afterCommit(() => bus.emit('job', { jobId: job.id }));
}
