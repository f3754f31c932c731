import type { z } from 'zod';
import { rungs, type JobSettings, type submitJobRequest } from '../../../shared/contract/index.js';
import { KdramaError } from '../../../shared/errors.js';
import type { JobWish } from '../../../shared/job-wish.js';

type SubmitJob = z.output<typeof submitJobRequest>;

const topOfQuality = { low: '360p', medium: '720p', high: '1080p' } as const;

/** What a request to make a job wants of it. */
export function wishOf({
  quality,
  ladder,
  loudness,
  burnSubtitles,
  priority,
  jobId,
  notifyUrl,
  workflow,
  useGpu,
}: SubmitJob): JobWish {
  return {
    ...((quality ?? ladder ?? loudness ?? burnSubtitles) && {
      settings: {
        ...(quality && { topRendition: topOfQuality[quality] }),
        ...(ladder && { ladder }),
        ...(loudness && { loudness }),
        ...(burnSubtitles && { burnSubtitles }),
      },
    }),
    ...(priority && { priority }),
    ...(jobId && { jobId }),
    ...(notifyUrl && { notifyUrl }),
    ...(workflow && { workflow }),
    ...(useGpu !== undefined && { useGpu }),
  };
}

/**
 * The settings that a list of names (`720p`) or boxes (`1280x720`) asks for: of each the largest
 * rung that is not above it, the smallest rung at least. Throws VALIDATION_FAILED.
 */
export function ladderOf(resolutions: readonly string[]): Partial<JobSettings> {
  const asked = new Set(resolutions.map(rungOf));
  const named = rungs.filter((rung) => asked.has(rung));
  const topRendition = named[0] ?? '360p';
  const isWhole = named.length === rungs.length - rungs.indexOf(topRendition);
  return isWhole ? { topRendition } : { topRendition, rungs: named };
}

function rungOf(resolution: string): (typeof rungs)[number] {
  const lines = shortSide(resolution);
  return rungs.find((rung) => Number.parseInt(rung, 10) <= lines) ?? '360p';
}

function shortSide(resolution: string): number {
  const name = /^(\d{2,4})p$/i.exec(resolution)?.[1];
  const box = /^(\d{2,5})x(\d{2,5})$/i.exec(resolution);
  if (name !== undefined) return Number(name);
  if (box !== null) return Math.min(Number(box[1]), Number(box[2]));
  const detail = `expected resolutions like 720p or 1280x720, got ${resolution}`;
  throw new KdramaError('VALIDATION_FAILED', detail);
}
