import type { Failure } from '../../store/jobs.js';
import type { TaskResult } from '../../worker/task.js';

/** How an attempt ended, with what it brought. */
export type Ended =
  | { readonly kind: 'done'; readonly result: TaskResult }
  | { readonly kind: 'failed'; readonly error: Failure }
  | { readonly kind: 'returned'; readonly notBefore: number };
