import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { initFileName, segmentFileName, sheetFileName, subtitleFileName } from '../../layout.js';
import type { Job } from '../../store/jobs.js';
import type { Rendition } from '../../store/renditions.js';
import { isPlayable } from '../states/playable.js';
import type { JobContext } from '../context/context.js';

/**
 * Compares the rows of a job's plan with its files: rows whose file is missing or of another size
 * are deleted, inside the open transaction, so that they are made again. Returns how many.
 */
export function dropLostFiles(context: JobContext, job: Job): number {
  const { store, layout } = context;
  // Without its directory the whole disk may be away: nothing can be said about its files.
  if (job.planId === null || !existsSync(layout.video(job.videoId))) return 0;
  let lost = dropLostPoster(context, job) + dropLostStoryboard(context, job.videoId, job.planId);
  for (const rendition of store.renditions.ofPlan(job.planId)) {
    const { planId, name, version } = rendition;
    const sizes = fileSizes(layout.rendition(job.videoId, planId, name, version));
    lost += dropLost(context, rendition, sizes);
  }
  if (lost > 0 && !isPlayable(store, job.planId)) store.jobs.notPlayable(job.id);
  return lost;
}

function dropLost(
  { store }: JobContext,
  rendition: Rendition,
  sizes: ReadonlyMap<string, number>,
): number {
  const { id, initBytes, traits } = rendition;
  const nameOf = (number: number) =>
    traits.kind === 'subtitle' ? subtitleFileName : segmentFileName(number);
  const lost = store.segments
    .ofRendition(id)
    .filter(({ number, sizeBytes }) => sizes.get(nameOf(number)) !== sizeBytes)
    .map(({ number }) => number);
  if (initBytes !== null && sizes.get(initFileName) !== initBytes) {
    store.renditions.initLost(id);
    // An init segment comes with a chunk: making the first one again brings it back.
    lost.push(0);
  }
  for (const number of new Set(lost)) store.segments.lost(id, number);
  return lost.length;
}

function dropLostPoster({ store, layout }: JobContext, job: Job): number {
  const bytes = store.videos.find(job.videoId)?.posterBytes ?? null;
  const found = statSync(layout.poster(job.videoId), { throwIfNoEntry: false });
  if (bytes === null || found?.size === bytes) return 0;
  store.videos.posterLost(job.videoId);
  return 1;
}

function dropLostStoryboard(
  { store, layout }: JobContext,
  videoId: string,
  planId: string,
): number {
  const storyboard = store.storyboards.ofPlan(planId);
  if (storyboard === undefined) return 0;
  const sizes = fileSizes(layout.storyboard(videoId, planId, storyboard.version));
  const isThere = storyboard.sheetBytes.every(
    (bytes, number) => sizes.get(sheetFileName(number)) === bytes,
  );
  if (isThere) return 0;
  store.storyboards.lost(planId);
  return 1;
}

/** File name → bytes; empty when the directory is not there. */
function fileSizes(directory: string): Map<string, number> {
  return new Map(
    namesIn(directory).map((name) => [
      name,
      statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? -1,
    ]),
  );
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
