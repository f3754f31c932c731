import type { Operation } from '../../../shared/contract/operation.js';
import { KdramaError } from '../../../shared/errors.js';
import type { KeyVerdict } from '../../streaming/stream-key.js';
import type { Viewer } from '../env.js';
import { refusalOf, ruleFor } from './access.js';
import type { FoundOperation } from './find-operation.js';
import { mayControl, mayRead, type IsReader } from './ownership.js';

interface Job {
  readonly jobId: string;
  readonly owner: string;
}

export interface WhyNotParts {
  /** Whose an upload or a video is, and a job; undefined when there is none. */
  readonly ownerOfUpload: (id: string) => string | undefined;
  readonly jobOf: (id: string) => Job | undefined;
  readonly isReader: IsReader;
  readonly ownerOfVideo: (id: string) => string | undefined;
  readonly checkKey: (key: string, videoId: string) => KeyVerdict;
}

export interface Asked {
  readonly viewer: Viewer | null;
  /** Valid or not. */
  readonly hasSentToken: boolean;
  /** undefined: only the credential is asked about, or what is none of this API. */
  readonly found: FoundOperation | undefined;
}

/**
 * Why a request that a proxy asks about is not let through; undefined when it is. By the same table
 * as the daemon's own gate, and by whose a thing is.
 */
export function whyNot(parts: WhyNotParts, asked: Asked): KdramaError | undefined {
  const { viewer, found } = asked;
  const isUnknown = viewer === null ? new KdramaError('AUTH_INVALID_TOKEN') : undefined;
  if (found === undefined) return isUnknown;
  const { operation, params } = found;
  if (params['key'] !== undefined) {
    const refusal = ofKey(parts.checkKey(params['key'], params['videoId'] ?? ''));
    return refusal ?? ofRemoved(parts, params);
  }
  if (operation.access === 'open') return asked.hasSentToken ? isUnknown : undefined;
  return (
    refusalOf(viewer, ruleFor(operation)) ??
    ofOwner(parts, viewer, found) ??
    ofRemoved(parts, params)
  );
}

/** What never changes may be in the proxy's cache: that its video is gone, only the daemon knows. */
function ofRemoved(
  { ownerOfVideo }: WhyNotParts,
  { planId, videoId = '' }: FoundOperation['params'],
): KdramaError | undefined {
  const isGone = planId !== undefined && ownerOfVideo(videoId) === undefined;
  return isGone ? new KdramaError('STREAM_VIDEO_NOT_FOUND') : undefined;
}

/** The key in the path is the credential. */
function ofKey(verdict: KeyVerdict): KdramaError | undefined {
  if (verdict === 'valid') return undefined;
  return new KdramaError(verdict === 'other-video' ? 'STREAM_ACCESS_DENIED' : 'AUTH_INVALID_TOKEN');
}

/** What is not there and what is somebody else's look the same. */
function ofOwner(
  parts: WhyNotParts,
  viewer: Viewer | null,
  { operation, params }: FoundOperation,
): KdramaError | undefined {
  const { concealed, ownOnly } = operation;
  const id = params['id'] ?? params['uploadId'];
  const isOwned = concealed !== undefined || ownOnly === true;
  if (!isOwned || id === undefined || viewer?.role === 'admin') return undefined;
  if (concealed === 'TRANSCODE_JOB_NOT_FOUND') {
    return ofJob(parts, viewer, operation, parts.jobOf(id));
  }
  const owner = concealed ? parts.ownerOfUpload(id) : parts.ownerOfVideo(id);
  if (owner !== undefined && mayControl(viewer, { owner })) return undefined;
  return new KdramaError(concealed ?? 'AUTH_INSUFFICIENT_PERMISSIONS');
}

/** As findJob and findOwnJob decide it. */
function ofJob(
  { isReader }: WhyNotParts,
  viewer: Viewer | null,
  { method }: Operation,
  job: Job | undefined,
): KdramaError | undefined {
  if (job === undefined || !mayRead(viewer, job, isReader)) {
    return new KdramaError('TRANSCODE_JOB_NOT_FOUND');
  }
  if (method === 'GET' || mayControl(viewer, job)) return undefined;
  return new KdramaError('AUTH_INSUFFICIENT_PERMISSIONS', 'this job is of somebody else');
}
