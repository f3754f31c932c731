import type { Logger } from 'pino';
import type { Bus, TaskEnd } from './bus.js';
import type { EventStore, StoredEvent } from './store/events.js';

/** Logs what happens to jobs and tasks, each line with its jobId. */
export function logWork(bus: Bus, events: EventStore, log: Logger): void {
  let logged = events.lastId();
  const logEvents = () => {
    for (const event of events.after(logged)) {
      logged = event.id;
      if (event.type !== 'job.progress') logEvent(log, event);
    }
  };
  const logTask = (task: TaskEnd) => {
    const { seconds, error, ...facts } = task;
    const entry = { ...facts, seconds: Math.round(seconds * 1000) / 1000 };
    if (error === undefined) log.info(entry, 'task ended');
    else log.warn({ ...entry, error }, 'task failed');
  };
  bus.on('event', logEvents);
  bus.on('task', logTask);
}

function logEvent(log: Logger, event: StoredEvent): void {
  const { jobId, owner, type, data } = event;
  const entry = { jobId, videoId: data.videoId, owner };
  if (type === 'job.failed') log.warn({ ...entry, error: data.error }, type);
  else log.info(entry, type);
}
