import type { Store } from '../../store/store.js';

/** See Jobs.letRead: the owner needs no leave. */
export function letRead(
  { jobs, jobReaders }: Pick<Store, 'jobs' | 'jobReaders'>,
  jobId: string,
  reader: string,
): void {
  const job = jobs.find(jobId);
  if (job !== undefined && job.owner !== reader) jobReaders.add(reader, jobId);
}
