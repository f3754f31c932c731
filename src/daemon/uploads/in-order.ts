import { KdramaError } from '../../shared/errors.js';
import type { Upload } from '../store/uploads.js';
import type { Accepted } from './context.js';
import { completeUpload } from './complete.js';
import { findOpenUpload, findUpload } from './lookup.js';
import type { Receiver } from './receiver.js';

/** How far an upload whose bytes come in order is. */
export interface Position {
  readonly upload: Upload;
  /** Where the next byte goes: all before it are on the disk. */
  readonly offset: number;
  /** What it became, once whole. */
  readonly accepted: Accepted | undefined;
}

/**
 * An upload whose bytes come in order, unfinished or whole. Throws UPLOAD_NOT_FOUND, also for one in
 * chunks and when its video was removed since; UPLOAD_EXPIRED; why it failed.
 */
export function findInOrder(context: Receiver, id: string): Upload {
  const upload = findUpload(context, id);
  if (upload.kind !== 'chunks' || upload.chunkBytes !== null) {
    throw new KdramaError('UPLOAD_NOT_FOUND', `${id} does not take its bytes in order`);
  }
  if (upload.state !== 'complete') return findOpenUpload(context, id);
  if (upload.videoId !== null) return upload;
  throw new KdramaError('UPLOAD_NOT_FOUND', `the video of ${id} was removed`);
}

/** Where the next byte of an upload goes. */
export function offsetOf({ store }: Receiver, { id, state, sizeBytes }: Upload): number {
  return state === 'complete' ? sizeBytes : store.uploads.ranges.receivedBytes(id);
}

/**
 * How far it is, for a client that wants to go on: a request that still appends is ended first, so
 * that the offset stays. One that is whole is completed. Throws as findInOrder and completeUpload.
 */
export async function settledPosition(context: Receiver, id: string): Promise<Position> {
  const { sizeBytes } = findInOrder(context, id);
  context.turns.interrupt(id);
  await context.locks.run(id, 0, sizeBytes, () => Promise.resolve());
  return positionOf(context, id);
}

/** Completes an upload in order whose last byte was recorded just before the daemon died. */
export async function finishWhole(context: Receiver, upload: Upload): Promise<void> {
  if (upload.chunkBytes === null && offsetOf(context, upload) === upload.sizeBytes) {
    await completeUpload(context, upload.id);
  }
}

/** The position now; what is whole is completed. Throws as findInOrder and completeUpload. */
export async function positionOf(context: Receiver, id: string): Promise<Position> {
  const before = findInOrder(context, id);
  const offset = offsetOf(context, before);
  if (offset < before.sizeBytes) return { upload: before, offset, accepted: undefined };
  const accepted = await completeUpload(context, id);
  return { upload: findUpload(context, id), offset, accepted };
}
