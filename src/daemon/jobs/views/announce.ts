import type { EventType, JobView } from '../../../shared/contract/index.js';
import type { JobContext } from '../context/context.js';
import { currentView } from './current-view.js';
import { queueWebhooks } from './outbox.js';

interface Announced {
  readonly id: string;
}

/**
 * Writes an event of a job, and the webhooks that tell of it, as the last part of the open
 * transaction: it shows the job as everything in that transaction has left it. The bus hears of it
 * after the commit.
 */
export function announce(context: JobContext, { id }: Announced, type: EventType): void {
  context.store.beforeCommit(() => {
    const view = currentView(context, id);
    if (view !== undefined) write(context, view, type);
  });
  tellBus(context, id);
}

/** Something that a job's view may show has changed; an event only if it does show it. */
export function announceChange(context: JobContext, { id }: Announced): void {
  const { store } = context;
  store.beforeCommit(() => {
    const view = currentView(context, id);
    const before = store.events.newestOf(id)?.data;
    if (view !== undefined && hasChanged(view, before)) write(context, view, 'job.progress');
  });
  tellBus(context, id);
}

/** Finished segments and speed change all the time: once a second live-progress.ts tells of them. */
function hasChanged(view: JobView, before: JobView | undefined): boolean {
  return (
    before === undefined ||
    view.status !== before.status ||
    view.stage !== before.stage ||
    view.playable !== before.playable ||
    view.setback?.failures !== before.setback?.failures ||
    view.progress !== before.progress
  );
}

function write(context: JobContext, view: JobView, type: EventType): void {
  const { store, bus, clock } = context;
  const at = clock.now();
  store.events.add({ jobId: view.jobId, owner: view.owner, type, data: view, at });
  queueWebhooks(context, view, type, at);
  store.afterCommit(() => bus.emit('event'));
}

function tellBus({ store, bus }: JobContext, jobId: string): void {
  store.afterCommit(() => bus.emit('job', { jobId }));
}
