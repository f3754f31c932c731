import { KdramaError } from '../../src/shared/errors.js';
import type { RunTask } from '../../src/daemon/worker/task.js';

/** A task that is being done until somebody stops it. */
export const endlessTask: RunTask = (_task, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

/** A task that fails at once: its job has failed after three attempts. */
export const failingTask: RunTask = () =>
  Promise.reject(new KdramaError('TRANSCODE_FAILED', 'made to fail'));
