import { EventEmitter } from 'node:events';

/** What has just been committed. Always published after the transaction, never inside it. */
export interface Happenings {
  /** A segment or (number -1) an init segment of a rendition can be fetched. */
  segment: [{ renditionId: string; number: number }];
  /** Something a job's view shows has changed. */
  job: [{ jobId: string }];
  /** A plan exists or a video's facts changed. */
  video: [{ videoId: string }];
  /** An event was stored: streams have something to tell. */
  event: [];
  /** A webhook was queued. */
  delivery: [];
  /** There may be work: a task was queued, a lane fell free. */
  work: [];
}

/** The one event bus: it feeds the segment waiters, the scheduler, event streams and webhooks. */
export class Bus extends EventEmitter<Happenings> {
  constructor() {
    super();
    this.setMaxListeners(0);
  }
}
