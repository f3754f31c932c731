import { newId } from '../../shared/ids.js';
import { isUniversal, type RenditionTraits } from '../../shared/renditions.js';
import { firstReason } from '../media/encoders/first-reason.js';
import type { Job } from '../store/jobs.js';
import type { Rendition } from '../store/renditions.js';
import type { TaskOutcome, TaskRow } from '../store/tasks.js';
import type { JobContext } from './context.js';
import { dropRendition } from './drop-rendition.js';
import { addNextTasks } from './next-tasks.js';

/**
 * A copy did not come out, however often it was tried: what is missing of it is encoded instead, inside the open
 * transaction, as a new version under the same name; a picture larger than all that anybody wants encoded is left
 * out. Answers false where it was no copy, has no such form, or where trying later may help (a disk is full).
 */
export function encodedInstead(
  context: JobContext,
  job: Job,
  task: Pick<TaskRow, 'kind' | 'renditions'>,
  { error }: Pick<TaskOutcome, 'error'>,
): boolean {
  const { store, bus } = context;
  const { planId, videoId } = job;
  if (task.kind !== 'copy' || planId === null || error?.code !== 'TRANSCODE_FAILED') return false;
  const ladder = store.renditions.ofPlan(planId);
  const helped = ladder.filter(
    (row) => task.renditions.includes(row.id) && (encodedForm(row) ?? hasOthers(row, ladder)),
  );
  if (helped.length === 0) return false;
  for (const copy of helped) replace(context, job, copy, firstReason(error.message));
  store.plans.notWholeCopy(planId);
  addNextTasks(store, job);
  store.afterCommit(() => bus.emit('video', { videoId }));
  return true;
}

function replace(context: JobContext, job: Job, copy: Rendition, why: string): void {
  const { renditions } = context.store;
  const { planId, name, version } = copy;
  const traits = encodedForm(copy);
  dropRendition(context, job, copy);
  if (traits === undefined) return renditions.addToReason(planId, `, no ${name}: ${why}`);
  const reason = `not copied: ${why}`;
  renditions.insert({
    ...{ ...copy, id: newId(), version: version + 1, method: 'encoded', reason, traits },
    initBytes: null,
  });
}

function encodedForm({ traits }: Rendition): RenditionTraits | undefined {
  return traits.kind === 'subtitle' ? undefined : traits.encodedForm;
}

/** Whether the episode is one without this picture. */
function hasOthers({ traits }: Rendition, ladder: readonly Rendition[]): boolean {
  return traits.kind === 'video' && ladder.some(isEncodedForAll);
}

function isEncodedForAll({ method, traits }: Rendition): boolean {
  return method === 'encoded' && traits.kind === 'video' && isUniversal(traits);
}
