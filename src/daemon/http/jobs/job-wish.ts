import type { z } from 'zod';
import type { submitJobRequest } from '../../../shared/contract/index.js';
import { KdramaError } from '../../../shared/errors.js';
import type { JobWish } from '../../../shared/job-wish.js';

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
}: SubmitJob): JobWish {
  return {
    ...(quality && { settings: { topRendition: topOfQuality[quality] } }),
    ...(priority && { priority }),
    ...(jobId && { jobId }),
    ...(notifyUrl && { notifyUrl }),
    ...(workflow && { workflow }),
    ...(useGpu && { useGpu }),
  };
}

const rungs = [2160, 1080, 720, 360] as const;

/**
 * The top rendition that a list of names (`720p`) or boxes (`1280x720`) asks for: the largest rung
 * that is not above the largest of them, the smallest rung at least. Throws VALIDATION_FAILED.
 */
export function topRenditionOf(resolutions: readonly string[]) {
  const largest = Math.max(...resolutions.map(shortSide));
  const rung = rungs.find((height) => height <= largest) ?? 360;
  return `${rung}p` as const;
}

function shortSide(resolution: string): number {
  const name = /^(\d{2,4})p$/i.exec(resolution)?.[1];
  const box = /^(\d{2,5})x(\d{2,5})$/i.exec(resolution);
  if (name !== undefined) return Number(name);
  if (box !== null) return Math.min(Number(box[1]), Number(box[2]));
  const detail = `expected resolutions like 720p or 1280x720, got ${resolution}`;
  throw new KdramaError('VALIDATION_FAILED', detail);
}
