import type { z } from 'zod';
import type { submitJobRequest } from '../../../shared/contract/index.js';
import { settingsIn, type JobWish } from '../../../shared/job-wish.js';

type SubmitJob = z.output<typeof submitJobRequest>;

const topOfQuality = { low: '360p', medium: '720p', high: '1080p' } as const;

/** What a request to make a job wants of it. */
export function wishOf({
  quality,
  priority,
  jobId,
  notifyUrl,
  workflow,
  useGpu,
  ...said
}: SubmitJob): JobWish {
  const settings = {
    ...settingsIn(said),
    ...(quality && { topRendition: topOfQuality[quality] }),
  };
  return {
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(priority && { priority }),
    ...(jobId && { jobId }),
    ...(notifyUrl && { notifyUrl }),
    ...(workflow && { workflow }),
    ...(useGpu !== undefined && { useGpu }),
  };
}
