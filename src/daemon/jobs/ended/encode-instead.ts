import { newId } from '../../../shared/ids.js';
import { isUniversal, type RenditionTraits } from '../../../shared/renditions.js';
import { firstReason } from '../../media/encoders/first-reason.js';
import type { Job } from '../../store/jobs.js';
import type { Rendition } from '../../store/renditions.js';
import type { TaskOutcome, TaskRow } from '../../store/tasks.js';
import type { JobContext } from '../context/context.js';
import { dropRendition } from './drop-rendition.js';
import { isOfMachine } from '../states/failure-of.js';
import { addNextTasks } from '../states/next-tasks.js';
import { isPlayable } from '../states/playable.js';
import { maxFailures } from '../states/task-states.js';

/**
 * A copy did not come out, however often it was tried: it is encoded instead, inside the open transaction, as a new
 * version under the same name; a picture larger than all that anybody wants encoded is left out, as long as its source
 * is kept. Answers false where it was no copy, has no such form, or where trying later may help (a disk is full).
 */
export function encodedInstead(
  context: JobContext,
  job: Job,
  task: Pick<TaskRow, 'kind' | 'renditions'>,
  { error, failures }: Pick<TaskOutcome, 'error' | 'failures'>,
): boolean {
  const { store, bus } = context;
  const { planId, videoId } = job;
  if (task.kind !== 'copy' || planId === null || error?.code !== 'TRANSCODE_FAILED') return false;
  if (failures < maxFailures || isOfMachine(error)) return false;
  const ladder = store.renditions.ofPlan(planId);
  const mayLeaveOut = store.videos.find(videoId)?.keepSource !== 'never' && ladder.some(isForAll);
  const helped = ladder.filter((row) => {
    const form = encodedForm(row);
    return task.renditions.includes(row.id) && (form === null ? mayLeaveOut : form !== undefined);
  });
  if (helped.length === 0) return false;
  for (const copy of helped) replace(context, job, copy, firstReason(error.message));
  store.plans.notWholeCopy(planId);
  if (!isPlayable(store, planId)) store.jobs.notPlayable(job.id);
  addNextTasks(store, job);
  store.afterCommit(() => bus.emit('video', { videoId }));
  return true;
}

function replace(context: JobContext, job: Job, copy: Rendition, why: string): void {
  const { renditions } = context.store;
  const { planId, name, version } = copy;
  const traits = encodedForm(copy);
  dropRendition(context, job, copy);
  if (traits === null || traits === undefined) {
    return renditions.addToReason(planId, `, no ${name}: ${why}`);
  }
  const reason = `not copied: ${why}`;
  renditions.insert({
    ...{ ...copy, id: newId(), version: version + 1, method: 'encoded', reason, traits },
    initBytes: null,
  });
}

/** null: nobody wants it encoded; undefined: nobody knows. */
function encodedForm({ traits }: Rendition): RenditionTraits | null | undefined {
  return traits.kind === 'subtitle' ? undefined : traits.encodedForm;
}

/** Whether the episode is one by this picture. */
function isForAll({ method, traits }: Rendition): boolean {
  return method === 'encoded' && traits.kind === 'video' && isUniversal(traits);
}
