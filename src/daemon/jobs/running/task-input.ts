import { KdramaError } from '../../../shared/errors.js';
import { toTicks } from '../../../shared/time.js';
import type { Layout } from '../../layout.js';
import type { Job } from '../../store/jobs.js';
import type { Plan } from '../../store/plans.js';
import type { Rendition } from '../../store/renditions.js';
import type { Store } from '../../store/store.js';
import type { TaskRow } from '../../store/tasks.js';
import type {
  Chunk,
  ExpectedRendition,
  StoryboardTask,
  Task,
  TaskRendition,
} from '../../worker/task.js';
import type { JobContext } from '../context/context.js';
import { ladderWish } from '../states/picture-wish.js';
import { publishedNumbers } from '../states/published.js';
import { storyboardPicture } from '../states/storyboard.js';

/**
 * A task's row as the worker gets it: plain data, everything it needs, nothing to look up. `encoder`: of
 * the lane that it runs in.
 */
export function taskInput(
  context: Pick<JobContext, 'store' | 'layout' | 'sound' | 'picture'>,
  row: TaskRow,
  job: Job,
  encoder?: string,
): Task {
  const { store, layout } = context;
  if (row.kind === 'probe') return probeInput(context, job);
  const plan = planOf(store, job);
  switch (row.kind) {
    case 'poster':
      return { kind: 'poster', durationTicks: plan.boundaries.at(-1) ?? 0 };
    case 'storyboard':
      return storyboardTask(store, layout, job, plan);
    case 'finish':
      return {
        kind: 'finish',
        expected: expectedOf(store, layout, job, plan),
        metadata: videoMetadata(store, job, plan),
      };
    case 'encode':
      return { kind: 'encode', encoder, ...chunkOf(store, row, plan) };
    default:
      return { kind: row.kind, ...chunkOf(store, row, plan) };
  }
}

function storyboardTask(store: Store, layout: Layout, job: Job, plan: Plan): StoryboardTask {
  const picture = storyboardPicture(store.renditionProgress.ofPlan(plan.id));
  // There was one when the task was added; files can get lost.
  if (picture === undefined) throw new KdramaError('TRANSCODE_FAILED', 'no picture of it is whole');
  const { name, version, traits } = picture;
  return {
    kind: 'storyboard',
    boundaries: plan.boundaries,
    picture: {
      directory: layout.rendition(job.videoId, plan.id, name, version),
      reorderTicks: traits.reorderTicks,
    },
    planDirectory: layout.plan(job.videoId, plan.id),
  };
}

/** What a plan follows from: all that a setting decides is in it, and from then on in the plan. */
function probeInput(
  { sound, picture }: Pick<JobContext, 'sound' | 'picture'>,
  { settings }: Job,
): Task {
  const { loudness = sound.loudness, burnSubtitles } = settings;
  return {
    kind: 'probe',
    targetTicks: toTicks(settings.segmentDurationSeconds),
    ladder: ladderWish(settings, picture),
    sound: { ...sound, loudness },
    burn: burnSubtitles,
  };
}

function planOf(store: Store, job: Job): Plan {
  const plan = job.planId === null ? undefined : store.plans.find(job.planId);
  // Rows of these kinds are only ever made from a plan, in the transaction that stores it.
  if (plan === undefined) throw new Error(`job ${job.id} has tasks but no plan`);
  return plan;
}

function chunkOf(store: Store, row: TaskRow, plan: Plan): Chunk {
  const renditions = row.renditions.flatMap((id) => store.renditions.find(id) ?? []);
  return {
    boundaries: plan.boundaries,
    firstSegment: row.firstSegment,
    segments: row.segments,
    renditions: renditions.map((rendition) => taskRendition(store, rendition)),
  };
}

function taskRendition(
  store: Store,
  { id, name, method, traits, initBytes }: Rendition,
): TaskRendition {
  const published = publishedNumbers(store, id);
  return { id, name, method, traits, published, initPublished: initBytes !== null };
}

/** The video's row, its plan, its renditions and its storyboard: a library can be rebuilt from these files. */
function videoMetadata(store: Store, job: Job, plan: Plan): Record<string, unknown> {
  const video = store.videos.find(job.videoId);
  const renditions = store.renditions.ofPlan(plan.id);
  const storyboard = store.storyboards.ofPlan(plan.id) ?? null;
  return { version: 1, video, settings: job.settings, plan, renditions, storyboard };
}

function expectedOf(store: Store, layout: Layout, job: Job, plan: Plan): ExpectedRendition[] {
  return store.renditions.ofPlan(plan.id).map((rendition) => ({
    id: rendition.id,
    name: rendition.name,
    directory: layout.rendition(job.videoId, plan.id, rendition.name, rendition.version),
    kind: rendition.traits.kind,
    segments: store.segments.ofRendition(rendition.id),
    initBytes: rendition.initBytes,
  }));
}
