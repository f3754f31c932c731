import { stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import type { z } from 'zod';
import type { importRequest } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { newId } from '../../shared/ids.js';
import { localOwner, type JobWish } from '../../shared/job-wish.js';
import type { Upload } from '../store/uploads.js';
import { openSource, sameIdentity } from './identity.js';
import { uploadLifeMs, type UploadContext } from './context.js';
import { refuseForeignName } from './refuse-format.js';
import { demandRoom, refuseSize } from './start.js';

export type ImportRequest = z.output<typeof importRequest> & {
  readonly job?: JobWish;
  /** The id that the video shall have when its content is new. */
  readonly id?: string;
  /** Absent: the admin of this machine. */
  readonly owner?: string;
};

/**
 * Records an import that can begin. Throws IMPORT_UNAVAILABLE when the client says what it sees and
 * the daemon sees something else or nothing; FILE_UNREADABLE when the client only named a path;
 * VALIDATION_FAILED, UPLOAD_INVALID_FORMAT, UPLOAD_CONFLICT (the wanted id), STORAGE_FULL.
 */
export async function startImport(context: UploadContext, request: ImportRequest): Promise<Upload> {
  const { path, link, metadata, job } = request;
  if (!isAbsolute(path)) throw new KdramaError('VALIDATION_FAILED', `expected an absolute path`);
  const filename = request.filename ?? basename(path);
  refuseForeignName(filename);
  const identity = await lookAt(request);
  refuseSize(identity.sizeBytes, Number.MAX_SAFE_INTEGER); // the disk alone limits
  if (link) await refuseOtherDevice(context, identity.device, path);
  await demandRoom(context, identity.sizeBytes, link ? 0 : identity.sizeBytes);
  const now = context.clock.now();
  const upload: Upload = {
    id: request.id === undefined ? newId() : freeId(context, request.id),
    kind: 'import',
    state: 'importing',
    filename,
    sizeBytes: identity.sizeBytes,
    chunkBytes: null,
    fingerprint: null,
    metadata,
    importFrom: { path, identity, link, ...(job && { job }) },
    videoId: null,
    error: null,
    owner: request.owner ?? localOwner,
    tusMetadata: null,
    createdAt: now,
    expiresAt: now + uploadLifeMs,
  };
  context.store.uploads.insert(upload);
  return upload;
}

/** An attempt that came to nothing does not block its id. Throws UPLOAD_CONFLICT for any other. */
function freeId({ store }: UploadContext, id: string): string {
  store.uploads.removeEnded(id);
  if (store.uploads.find(id) === undefined) return id;
  throw new KdramaError('UPLOAD_CONFLICT', undefined, {
    message: `There is an upload ${id} already`,
  });
}

async function lookAt({ path, identity: expected }: ImportRequest) {
  try {
    const { file, identity } = await openSource(path);
    await file.close();
    if (expected === undefined || sameIdentity(expected, identity)) return identity;
  } catch (error) {
    if (expected === undefined) throw error;
    throw new KdramaError('IMPORT_UNAVAILABLE', path, { cause: error });
  }
  throw new KdramaError('IMPORT_UNAVAILABLE', `${path} is another file here`);
}

async function refuseOtherDevice({ layout }: UploadContext, device: number, path: string) {
  if ((await stat(layout.uploads)).dev === device) return;
  throw new KdramaError(
    'IMPORT_UNAVAILABLE',
    `${path} lies on another file system than the library: it cannot be hard-linked`,
  );
}
