import type { JobView, Ladder, RenditionView } from '../../../shared/contract/index.js';
import { plainEncoder } from '../../../shared/resolutions.js';
import { priorities, type JobStage, type Priority, type TaskKind } from '../../../shared/states.js';
import type { JobEncoding, JobOverview } from '../../store/jobs.js';
import type { RenditionProgress } from '../../store/rendition-progress.js';
import type { Pace } from '../context/context.js';
import { isOnDemand } from '../states/ladder-policy.js';
import { jobState } from '../states/job-states.js';

/** What of a job stands in no row of its own. */
export interface Now extends Pace {
  readonly setback: JobView['setback'];
}

export function priorityName(priority: number): Priority {
  return priorities[priority] ?? 'normal';
}

export function priorityNumber(priority: Priority): number {
  return priorities.indexOf(priority);
}

/** A job as the contract shows it. */
export function jobView(
  job: JobOverview,
  renditions: readonly RenditionProgress[],
  now: Now,
): JobView {
  return {
    jobId: job.id,
    videoId: job.videoId,
    title: job.title,
    status: jobState(job),
    stage: stageOf(job),
    progress: job.progress,
    speed: now.speed,
    playable: job.playableAt !== null,
    priority: priorityName(job.priority),
    createdAt: isoTime(job.createdAt),
    startTime: optionalTime(job.startedAt),
    playableAt: optionalTime(job.playableAt),
    completedAt: optionalTime(job.completedAt),
    estimatedCompletion: optionalTime(now.estimatedCompletion),
    error: errorOf(job),
    workflow: job.workflow,
    useGpu: job.useGpu,
    encoding: job.encoding && jobEncodingView(job.encoding),
    setback: now.setback,
    ladder: job.settings.ladder,
    owner: job.owner,
    renditions: renditions.map((row) => renditionView(row, job.settings.ladder)),
  };
}

function jobEncodingView({ encoders, failures }: JobEncoding): NonNullable<JobView['encoding']> {
  return { encoders: [...encoders], failures: [...failures] };
}

/** In the order of an episode's life: of what runs at once, the first is shown. */
const stages: readonly (readonly [TaskKind, JobStage])[] = [
  ['probe', 'probing'],
  ['copy', 'copying'],
  ['encode', 'encoding'],
  ['audio', 'audio'],
  ['subtitle', 'subtitles'],
  ['poster', 'pictures'],
  ['storyboard', 'pictures'],
  ['finish', 'verifying'],
];

/** What runs, else what is claimed next. */
export function stageOf(
  job: Pick<JobOverview, 'completedAt' | 'planId' | 'runningKinds' | 'nextKind'>,
): JobStage {
  if (job.completedAt !== null) return 'done';
  if (job.planId === null) return 'probing';
  const kinds = job.runningKinds.length > 0 ? job.runningKinds : [job.nextKind];
  return stages.find(([kind]) => kinds.includes(kind))?.[1] ?? 'planning';
}

function errorOf(job: JobOverview): JobView['error'] {
  if (job.cancelledAt !== null) return { code: 'JOB_CANCELLED', message: 'This job was cancelled' };
  return job.failure;
}

function renditionView({ traits, ...rendition }: RenditionProgress, ladder: Ladder): RenditionView {
  return {
    name: rendition.name,
    kind: traits.kind,
    method: rendition.method,
    reason: rendition.reason,
    onDemand: isOnDemand(ladder, { method: rendition.method, traits }),
    segments: rendition.segmentCount,
    segmentsDone: rendition.segmentsDone,
    bytes: rendition.bytesDone,
    width: traits.kind === 'video' ? traits.width : null,
    height: traits.kind === 'video' ? traits.height : null,
    language: traits.kind === 'video' ? null : traits.language,
    encoder: encoderView(rendition.method, traits),
  };
}

function encoderView(
  method: RenditionView['method'],
  traits: RenditionProgress['traits'],
): RenditionView['encoder'] {
  if (method === 'copied' || traits.kind !== 'video') return null;
  return { ...(traits.encoder ?? plainEncoder), maxBitRate: traits.maxBitRate };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

function optionalTime(ms: number | null): string | null {
  return ms === null ? null : isoTime(ms);
}
