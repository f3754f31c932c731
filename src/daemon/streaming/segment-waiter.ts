import { KdramaError } from '../../shared/errors.js';
import type { Bus } from '../bus.js';
import { defaultSound } from '../jobs/states/playable.js';
import type { Jobs } from '../jobs/service.js';
import type { StreamStore } from './lookup.js';
import { whatToResume, whyHopeless } from './outlook.js';

/** hls.js gives up on a first byte after 10 s. */
export const patienceMs = 8_000;
/** What the store calls the init segment. */
export const initNumber = -1;

export interface WaiterParts {
  readonly store: Pick<StreamStore, 'renditions' | 'segments'>;
  readonly jobs: Pick<Jobs, 'demand' | 'ofVideo'>;
  readonly bus: Bus;
  readonly patienceMs: number;
  /** Is told how each request for a segment went. */
  readonly onOutcome?: ((outcome: SegmentOutcome) => void) | undefined;
}

/** `pending`: not there in time, 503 · `refused`: it will never be there. */
export type SegmentOutcome = 'ready' | 'waited' | 'pending' | 'refused';

export interface Wanted {
  readonly videoId: string;
  readonly renditionId: string;
  /** Segment number, or initNumber. */
  readonly number: number;
}

export type WaitForSegment = (wanted: Wanted, signal: AbortSignal) => Promise<number>;

/**
 * Resolves with the bytes of a segment as soon as it can be fetched; while it cannot, its task moves
 * to the front. Rejects with STREAM_SEGMENT_PENDING after `patienceMs` (or when the client has gone
 * away), with JOB_CANCELLED or STREAM_NOT_READY as soon as it will never come.
 */
export function segmentWaiter(parts: WaiterParts): WaitForSegment {
  const { onOutcome = () => undefined } = parts;
  return async (wanted, signal) => {
    const bytes = publishedBytes(parts, wanted);
    if (bytes !== undefined) {
      onOutcome('ready');
      return bytes;
    }
    try {
      const waitedFor = await wait(parts, wanted, signal);
      onOutcome('waited');
      return waitedFor;
    } catch (error) {
      onOutcome(isPending(error) ? 'pending' : 'refused');
      throw error;
    }
  };
}

function isPending(error: unknown): boolean {
  return error instanceof KdramaError && error.code === 'STREAM_SEGMENT_PENDING';
}

/** Of a segment that can be fetched now; undefined where it cannot. */
export function publishedBytes(
  { store }: Pick<WaiterParts, 'store'>,
  { renditionId, number }: Wanted,
): number | undefined {
  return number === initNumber
    ? (store.renditions.find(renditionId)?.initBytes ?? undefined)
    : store.segments.find(renditionId, number)?.sizeBytes;
}

function wait(parts: WaiterParts, wanted: Wanted, signal: AbortSignal): Promise<number> {
  const { bus, jobs } = parts;
  const settled = new AbortController();
  let isTimeUp = false;
  return new Promise<number>((resolve, reject) => {
    const lookForBytes = (happening: { renditionId: string }) => {
      if (happening.renditionId !== wanted.renditionId) return;
      const bytes = publishedBytes(parts, wanted);
      if (bytes !== undefined) resolve(bytes);
    };
    const ofVideo = jobs.ofVideo(wanted.videoId);
    /** A job that is added meanwhile can only bring hope. */
    const known = new Set(ofVideo.map(({ jobId }) => jobId));
    const lookForHope = (happening: { jobId: string }) => {
      if (!known.has(happening.jobId)) return;
      const isDropped = parts.store.renditions.find(wanted.renditionId) === undefined;
      if (isDropped) reject(new KdramaError('NOT_FOUND'));
      const hopeless = whyHopeless(jobs.ofVideo(wanted.videoId));
      if (hopeless !== undefined) reject(hopeless);
    };
    const giveUp = () => reject(pending(wanted, whatToResume(jobs.ofVideo(wanted.videoId))));
    const timer = setTimeout(() => {
      isTimeUp = true;
      giveUp();
    }, parts.patienceMs);
    bus.on('segment', lookForBytes);
    bus.on('job', lookForHope);
    signal.addEventListener('abort', giveUp);
    settled.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      bus.off('segment', lookForBytes);
      bus.off('job', lookForHope);
      signal.removeEventListener('abort', giveUp);
    });
    // Listening came before looking: what is published in between is not missed.
    if (signal.aborted) return giveUp();
    lookForBytes(wanted);
    const hopeless = whyHopeless(ofVideo);
    if (hopeless !== undefined) return reject(hopeless);
    for (const each of [wanted, ...heardWith(parts, wanted)]) {
      const leave = jobs.demand(each.renditionId, each.number);
      settled.signal.addEventListener('abort', () => leave(isTimeUp));
    }
  }).finally(() => settled.abort());
}

/**
 * Who waits for a picture is about to ask for the sound of the same place, which hls.js may do only once it has the
 * picture: it is made meanwhile. Which one he hears is not known: the one that plays unless someone chooses.
 */
function heardWith({ store }: WaiterParts, wanted: Wanted): Wanted[] {
  const picture = store.renditions.find(wanted.renditionId);
  if (picture?.traits.kind !== 'video') return [];
  const sound = defaultSound(store.renditions.ofPlan(picture.planId));
  if (sound === undefined) return [];
  const heard = { ...wanted, renditionId: sound.id };
  return publishedBytes({ store }, heard) === undefined ? [heard] : [];
}

function pending({ number }: Wanted, hint: string | undefined): KdramaError {
  return new KdramaError(
    'STREAM_SEGMENT_PENDING',
    number === initNumber ? 'the init segment' : `number ${number}`,
    { details: { retryAfterSeconds: 1 }, ...(hint !== undefined && { hint }) },
  );
}
