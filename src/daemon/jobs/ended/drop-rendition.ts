import { rm } from 'node:fs/promises';
import type { Job } from '../../store/jobs.js';
import type { Rendition } from '../../store/renditions.js';
import type { JobContext } from '../context/context.js';

/** A rendition is offered no more, inside the open transaction: its row, its files, and what would make it. */
export function dropRendition(
  { store, layout }: JobContext,
  { id: jobId, videoId }: Job,
  { id, planId, name, version }: Rendition,
): void {
  store.renditions.remove(id);
  for (const task of store.tasks.ofJob(jobId)) {
    if (task.state !== 'queued' || !task.renditions.includes(id)) continue;
    const renditions = task.renditions.filter((other) => other !== id);
    if (renditions.length === 0) store.tasks.removeWaiting(task.id);
    else store.tasks.setRange(task.id, { ...task, renditions });
  }
  const directory = layout.rendition(videoId, planId, name, version);
  store.afterCommit(() => void rm(directory, { recursive: true, force: true }).catch(() => {}));
}
