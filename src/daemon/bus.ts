import { EventEmitter } from 'node:events';
import type { TaskKind } from '../shared/states.js';

/** An attempt of a task that is over; `returned` to the queue for something more urgent, or a stop. */
export interface TaskEnd {
  readonly jobId: string;
  readonly taskId: number;
  readonly kind: TaskKind;
  readonly outcome: 'done' | 'failed' | 'returned';
  readonly seconds: number;
  readonly error?: { readonly code: string; readonly message: string };
  /** What encoded it, and what of the hardware did not do its part. */
  readonly encoding?: {
    readonly encoder: string;
    readonly hwaccel: string | null;
    readonly failures: readonly { readonly part: string; readonly reason: string }[];
  };
}

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
  /** An attempt of a task has ended and is recorded. */
  task: [TaskEnd];
  /** A viewer begins or ceases to wait for what is to be made. */
  waits: [];
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
