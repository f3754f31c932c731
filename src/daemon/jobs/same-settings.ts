import { jobSettings, type JobSettings } from '../../shared/contract/index.js';
import type { Store } from '../store/store.js';

const { topRendition: unlimited } = jobSettings.parse({});

/**
 * Pure: a top that the source does not exceed limits nothing, so the settings are the same without
 * it. `source` is the name of the source's own rung; undefined while nobody knows it.
 */
export function withoutIdleLimit(settings: JobSettings, source: string | undefined): JobSettings {
  const isIdle =
    settings.rungs === undefined &&
    source !== undefined &&
    lines(source) <= lines(settings.topRendition);
  return isIdle ? { ...settings, topRendition: unlimited } : settings;
}

/** The rung that a video's source is: the top of a plan that nothing limited. */
export function sourceRung(
  { jobs, renditions }: Pick<Store, 'jobs' | 'renditions'>,
  videoId: string,
): string | undefined {
  const job = jobs
    .ofVideo(videoId)
    .find(({ planId, settings }) => planId !== null && isWhole(settings));
  if (job === undefined || job.planId === null) return undefined;
  return renditions
    .ofPlan(job.planId)
    .filter(({ traits }) => traits.kind === 'video')
    .map(({ name }) => name)
    .toSorted((a, b) => lines(b) - lines(a))[0];
}

/** A ladder of copies may leave the source's own rung out. */
function isWhole(settings: JobSettings): boolean {
  return settings.ladder !== 'copy' && !isLimited(settings);
}

export function isLimited({ topRendition, rungs }: Partial<JobSettings>): boolean {
  return rungs !== undefined || (topRendition ?? unlimited) !== unlimited;
}

function lines(name: string): number {
  return Number.parseInt(name, 10);
}
