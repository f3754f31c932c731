import type { startUploadRequest } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { newId } from '../../shared/ids.js';
import { localOwner } from '../../shared/job-wish.js';
import type { z } from 'zod';
import type { Upload } from '../store/uploads.js';
import { uploadLifeMs, type UploadContext } from './context.js';
import { refuseForeignName } from './refuse-format.js';
import { demandSpace, neededBytes } from './space.js';
import { createUploadFile } from './upload-file.js';

export type StartRequest = Omit<z.output<typeof startUploadRequest>, 'chunkSize'> & {
  /** null: the bytes come in order (tus). */
  readonly chunkSize: number | null;
  readonly tusMetadata?: string;
  /** Absent: the admin of this machine. */
  readonly owner?: string;
};

/**
 * A new upload, or the owner's unfinished one of the same file. Throws UPLOAD_INVALID_FORMAT,
 * UPLOAD_FILE_TOO_LARGE, UPLOAD_QUOTA_EXCEEDED, STORAGE_FULL.
 */
export async function startUpload(context: UploadContext, request: StartRequest): Promise<Upload> {
  refuseForeignName(request.filename);
  refuseSize(request.totalSize, context.maxBytes);
  const unfinished = findUnfinished(context, request);
  if (unfinished !== undefined) return unfinished;
  const { owner = localOwner, totalSize } = request;
  return context.quota.during(owner, totalSize, () => begin(context, { ...request, owner }));
}

async function begin(
  context: UploadContext,
  request: StartRequest & { readonly owner: string },
): Promise<Upload> {
  const { store, layout, clock } = context;
  await demandRoom(context, request.totalSize, request.totalSize);
  const now = clock.now();
  const upload: Upload = {
    id: newId(),
    kind: 'chunks',
    state: 'open',
    filename: request.filename,
    sizeBytes: request.totalSize,
    chunkBytes: request.chunkSize,
    fingerprint: request.fingerprint ?? null,
    metadata: request.metadata,
    importFrom: null,
    videoId: null,
    error: null,
    owner: request.owner,
    tusMetadata: request.tusMetadata ?? null,
    createdAt: now,
    expiresAt: now + uploadLifeMs,
  };
  // File before row: a file that no row names is swept, a row without its file would be a lie.
  await createUploadFile(layout.upload(upload.id), upload.sizeBytes);
  store.uploads.insert(upload);
  return upload;
}

/** Throws UPLOAD_INVALID_FORMAT for nothing, UPLOAD_FILE_TOO_LARGE for too much. */
export function refuseSize(sizeBytes: number, maxBytes: number): void {
  if (sizeBytes === 0) throw new KdramaError('UPLOAD_INVALID_FORMAT', 'the file is empty');
  if (sizeBytes <= maxBytes) return;
  const detail = `expected at most ${maxBytes} bytes, got ${sizeBytes}`;
  throw new KdramaError('UPLOAD_FILE_TOO_LARGE', detail, { details: { maxBytes } });
}

/** Counts in what other uploads have announced and not yet sent. Throws STORAGE_FULL. */
export async function demandRoom(
  { store, layout, freeBytes }: UploadContext,
  sizeBytes: number,
  sourceBytes: number,
): Promise<void> {
  const promised = store.uploads.outstandingBytes();
  await demandSpace(freeBytes, layout.media, promised + neededBytes(sizeBytes, sourceBytes));
}

function findUnfinished(
  { store, clock }: UploadContext,
  request: StartRequest,
): Upload | undefined {
  if (request.fingerprint === undefined) return undefined;
  return store.uploads.findUnfinished({
    fingerprint: request.fingerprint,
    sizeBytes: request.totalSize,
    chunkBytes: request.chunkSize,
    owner: request.owner ?? localOwner,
    now: clock.now(),
  });
}
