import { join } from 'node:path';
import { KdramaError } from '../../../shared/errors.js';
import { initFileName, segmentFileName, subtitleFileName, type Layout } from '../../layout.js';
import type { Job } from '../../store/jobs.js';
import type { Rendition } from '../../store/renditions.js';
import type { Store } from '../../store/store.js';
import type { Ownership } from '../../store/tasks.js';
import { publishFiles } from '../../worker/local-files.js';
import { initNumber, type Publication } from '../../worker/task.js';
import { announce } from '../views/announce.js';
import type { JobContext } from '../context/context.js';
import { isPlayable } from '../states/playable.js';
import { requireSameInit } from './same-init.js';

/** A publication and the row of its rendition. */
interface Located {
  readonly rendition: Rendition;
  readonly publication: Publication;
}

/**
 * Bytes → fsync → rename → fsync directory → transaction. What is published already is left as it
 * is: the bytes of a URL never change. Callers must not publish for the same job at the same time,
 * or two runs could both find a segment unpublished. Returns what became visible. Rejects with
 * STORAGE_FULL, or TRANSCODE_FAILED when the attempt does not own its task any more or what it made does
 * not fit what is there.
 */
export async function publishBatch(
  context: JobContext,
  job: Job,
  own: Ownership,
  attemptDirectory: string,
  batch: readonly Publication[],
): Promise<Publication[]> {
  const fresh: Located[] = [];
  for (const located of batch.map((publication) => locate(context.store, publication))) {
    const { rendition, publication } = located;
    if (!isPublished(context.store, located)) fresh.push(located);
    else if (publication.number === initNumber) {
      const path = pathOf(context.layout, job.videoId, located);
      await requireSameInit(rendition, path, publication.bytes);
    }
  }
  if (fresh.length === 0) return [];
  const files = fresh.map((located) => ({
    path: pathOf(context.layout, job.videoId, located),
    bytes: located.publication.bytes,
  }));
  await publishFiles(files, attemptDirectory);
  context.store.transaction(() => record(context, job, own, fresh));
  return fresh.map(({ publication }) => publication);
}

function record(context: JobContext, job: Job, own: Ownership, fresh: readonly Located[]): void {
  const { store, bus } = context;
  if (!store.tasks.published(own)) {
    throw new KdramaError('TRANSCODE_FAILED', 'this attempt does not own its task any more');
  }
  for (const { rendition, publication } of fresh) {
    // Dropped while its files were written: see dropRendition.
    if (store.renditions.find(rendition.id) === undefined) throw notThere(rendition.id);
    const { renditionId, number, bytes, iFrameBytes = null } = publication;
    const segment = { number, sizeBytes: bytes.length, iFrameBytes };
    if (number === initNumber) store.renditions.initPublished(rendition.id, bytes.length);
    else store.segments.insert(rendition.id, segment);
    store.afterCommit(() => bus.emit('segment', { renditionId, number }));
  }
  if (fresh.some(({ publication }) => publication.number <= 0)) recordPlayable(context, job);
}

function recordPlayable(context: JobContext, job: Job): void {
  const { store, bus, clock } = context;
  if (job.planId === null || !isPlayable(store, job.planId)) return;
  if (!store.jobs.becamePlayable(job.id, clock.now())) return;
  announce(context, job, 'video.playable');
  store.afterCommit(() => bus.emit('video', { videoId: job.videoId }));
}

function locate(store: Store, publication: Publication): Located {
  const rendition = store.renditions.find(publication.renditionId);
  if (rendition !== undefined) return { rendition, publication };
  throw notThere(publication.renditionId);
}

function notThere(renditionId: string): KdramaError {
  return new KdramaError('TRANSCODE_FAILED', `no rendition ${renditionId}`);
}

function isPublished(store: Store, { rendition, publication }: Located): boolean {
  if (publication.number === initNumber) return rendition.initBytes !== null;
  return store.segments.find(rendition.id, publication.number) !== undefined;
}

function pathOf(layout: Layout, videoId: string, { rendition, publication }: Located): string {
  const { planId, name, version, traits } = rendition;
  return join(layout.rendition(videoId, planId, name, version), fileName(traits.kind, publication));
}

function fileName(kind: Rendition['traits']['kind'], { number }: Publication): string {
  if (kind === 'subtitle') return subtitleFileName;
  return number === initNumber ? initFileName : segmentFileName(number);
}
