import type { JobView, Ladder } from '../../../shared/contract/index.js';
import type { JobState } from '../../../shared/states.js';
import type { Store } from '../../store/store.js';
import type { Upload } from '../../store/uploads.js';

const stateOf = new Map<Upload['state'], JobState>([
  ['importing', 'submitted'],
  ['failed', 'failed'],
  ['aborted', 'cancelled'],
]);

/** Of the imports whose jobs show one of these states; none: of all. */
export function uploadStatesOf(states: readonly JobState[]): Upload['state'][] {
  return [...stateOf]
    .filter(([, shown]) => states.length === 0 || states.includes(shown))
    .map(([state]) => state);
}

interface ArrivalParts {
  readonly store: Pick<Store, 'uploads'>;
  readonly defaultLadder: Ladder;
  readonly defaultUseGpu: boolean;
}

/**
 * The job that an import is to become, as it shows itself until the video is there; also of one that
 * came to nothing. Undefined when no import has promised a job of this id.
 */
export function arrivingJob(
  { store, defaultLadder, defaultUseGpu }: ArrivalParts,
  id: string,
): JobView | undefined {
  const upload = store.uploads.findByJob(id);
  const wish = upload?.importFrom?.job;
  const status = upload && stateOf.get(upload.state);
  if (upload === undefined || wish === undefined || status === undefined) return undefined;
  return {
    jobId: id,
    // What it will be when the content is new.
    videoId: upload.id,
    title: upload.metadata.title ?? upload.filename,
    status,
    stage: 'probing',
    ...unbegun,
    priority: wish.priority ?? 'normal',
    createdAt: new Date(upload.createdAt).toISOString(),
    error:
      status === 'cancelled'
        ? { code: 'JOB_CANCELLED', message: 'This job was cancelled' }
        : upload.error,
    workflow: wish.workflow ?? null,
    owner: upload.owner,
    useGpu: wish.useGpu ?? defaultUseGpu,
    encoding: null,
    ladder: wish.settings?.ladder ?? defaultLadder,
  };
}

/** Who asked to be told how it ends, as long as no job's row can say so. */
export function promisedCallbacks({ uploads }: Pick<Store, 'uploads'>, id: string): string[] {
  const notifyUrl = uploads.findByJob(id)?.importFrom?.job?.notifyUrl;
  return notifyUrl === undefined ? [] : [notifyUrl];
}

const unbegun = {
  progress: 0,
  speed: null,
  playable: false,
  startTime: null,
  playableAt: null,
  completedAt: null,
  estimatedCompletion: null,
  setback: null,
  renditions: [],
} satisfies Partial<JobView>;
