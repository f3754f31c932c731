import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ownIdPattern } from '../../../shared/ids.js';
import { initFileName, segmentFileName, storyboardName, subtitleFileName } from '../../layout.js';
import type { Job } from '../../store/jobs.js';
import type { Rendition } from '../../store/renditions.js';
import type { Store } from '../../store/store.js';
import type { JobContext } from '../context/context.js';

/** Everything in here belonged to attempts of a daemon that has died. */
export async function sweepAttempts({ layout }: JobContext): Promise<void> {
  const names = (await namesIn(layout.attempts)).filter((name) => ownIdPattern.test(name));
  for (const name of names) await remove(layout.attempts, name);
}

/**
 * Removes directories of videos that no row names, and that are surely ours and unfinished: the
 * media directory may hold other people's, and a lost database finds its episodes again.
 */
export async function sweepVideos({ store, layout }: JobContext): Promise<void> {
  for (const id of (await namesIn(layout.videos)).filter((name) => ownIdPattern.test(name))) {
    const isKnown = store.videos.find(id) !== undefined || isArriving(store, id);
    if (!isKnown && !existsSync(layout.metadata(id))) await remove(layout.videos, id);
  }
}

/** The file of an upload is put into its place before the video's row is written. */
function isArriving(store: Store, id: string): boolean {
  const state = store.uploads.find(id)?.state;
  return state === 'open' || state === 'importing';
}

/** A rendition's own; what stands beside them (storyboards, subtitles) goes its own ways. */
const renditionDirectory = /^(?:\d+p|audio-\d+)[a-z0-9-]*-v\d+$/;

/**
 * Removes files of a job's renditions that no row names: renamed, but the row was never written; or of one that was
 * dropped.
 */
export async function sweepRenditions({ store, layout }: JobContext, job: Job): Promise<void> {
  if (job.planId === null) return;
  const renditions = store.renditions.ofPlan(job.planId);
  const known = new Set(renditions.map(({ name, version }) => `${name}-v${version}`));
  const plan = layout.plan(job.videoId, job.planId);
  const dropped = (await namesIn(plan)).filter(
    (name) => renditionDirectory.test(name) && !known.has(name),
  );
  for (const name of dropped) await remove(plan, name);
  for (const rendition of renditions) {
    const { planId, name, version } = rendition;
    const directory = layout.rendition(job.videoId, planId, name, version);
    const named = fileNamesOf(store.segments.ofRendition(rendition.id), rendition);
    const unnamed = (await namesIn(directory)).filter((file) => !named.has(file));
    for (const file of unnamed) await remove(directory, file);
  }
}

/** Removes storyboards of a job's plan that no row names. */
export async function sweepStoryboards({ store, layout }: JobContext, job: Job): Promise<void> {
  if (job.planId === null) return;
  const version = store.storyboards.ofPlan(job.planId)?.version;
  const named = version === undefined ? undefined : storyboardName(version);
  const directory = layout.plan(job.videoId, job.planId);
  const unnamed = (await namesIn(directory)).filter(
    (name) => name.startsWith(storyboardName('')) && name !== named,
  );
  for (const name of unnamed) await remove(directory, name);
}

function fileNamesOf(
  segments: readonly { readonly number: number }[],
  { traits, initBytes }: Rendition,
): Set<string> {
  const names = segments.map(({ number }) =>
    traits.kind === 'subtitle' ? subtitleFileName : segmentFileName(number),
  );
  return new Set(initBytes === null ? names : [...names, initFileName]);
}

async function namesIn(directory: string): Promise<string[]> {
  return existsSync(directory) ? readdir(directory) : [];
}

function remove(directory: string, name: string): Promise<void> {
  return rm(join(directory, name), { recursive: true, force: true });
}
