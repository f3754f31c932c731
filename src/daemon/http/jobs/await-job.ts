import type { JobView } from '../../../shared/contract/index.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Bus } from '../../bus.js';
import type { Jobs } from '../../jobs/service.js';

export interface JobWatch {
  readonly bus: Bus;
  readonly jobs: Pick<Jobs, 'view'>;
}

/**
 * The job as soon as `enough` says so, else as it is after that many seconds or when the client has
 * gone. Throws TRANSCODE_JOB_NOT_FOUND when it is there no more. Listens before it looks, so that no change falls between.
 */
export function awaitJob(
  { bus, jobs }: JobWatch,
  id: string,
  enough: (job: JobView) => boolean,
  seconds: number,
  signal: AbortSignal,
): Promise<JobView> {
  return new Promise((resolve, reject) => {
    const look = (isLastLook: boolean) => {
      const job = jobs.view(id);
      if (job === undefined) reject(unknownJob(id));
      else if (isLastLook || enough(job)) resolve(job);
      else return;
      stop();
    };
    const onJob = () => look(false);
    const onEnd = () => look(true);
    const timer = setTimeout(onEnd, seconds * 1000);
    const stop = () => {
      bus.off('job', onJob);
      signal.removeEventListener('abort', onEnd);
      clearTimeout(timer);
    };
    bus.on('job', onJob);
    signal.addEventListener('abort', onEnd);
    look(seconds === 0 || signal.aborted);
  });
}

function unknownJob(id: string): KdramaError {
  return new KdramaError('TRANSCODE_JOB_NOT_FOUND', id);
}
