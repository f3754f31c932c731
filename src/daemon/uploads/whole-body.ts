import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { VideoMetadata } from '../../shared/contract/index.js';
import { newId } from '../../shared/ids.js';
import { localOwner } from '../../shared/job-wish.js';
import { admit } from './admit.js';
import { mismatch } from './complete.js';
import { uploadLifeMs, type Accepted, type UploadContext } from './context.js';
import type { Room } from './quota.js';
import { refuseForeignBytes, refuseForeignName } from './refuse-format.js';
import { sniffBytes } from './sniff.js';
import { demandRoom, refuseSize } from './start.js';
import { storageError } from './storage-error.js';
import { writeAll } from './upload-file.js';

export interface WholeBody {
  readonly filename: string;
  readonly metadata: VideoMetadata;
  /** Absent: the admin of this machine. */
  readonly owner?: string;
  /** undefined when the client streams without knowing. */
  readonly announcedBytes: number | undefined;
  readonly checksum: string | undefined;
  /** Ends with an error when the client goes away. */
  readonly pieces: AsyncIterable<Buffer>;
}

/**
 * An upload in one request. Nothing is recorded before it is whole: what is cut off is removed, and
 * after a crash swept. Throws as startUpload does, and UPLOAD_CHECKSUM_MISMATCH.
 */
export async function receiveWhole(context: UploadContext, body: WholeBody): Promise<Accepted> {
  refuseForeignName(body.filename);
  const announced = body.announcedBytes;
  if (announced !== undefined) refuseSize(announced, context.maxBytes);
  await demandRoom(context, announced ?? 0, announced ?? 0);
  const { owner = localOwner } = body;
  return context.quota.during(owner, announced ?? 0, (room) => take(context, body, room));
}

async function take(context: UploadContext, body: WholeBody, room: Room): Promise<Accepted> {
  const id = newId();
  try {
    const { sizeBytes, sha256 } = await writeBody(context, id, body, room);
    refuseSize(sizeBytes, context.maxBytes);
    if (body.checksum !== undefined && body.checksum !== sha256) {
      throw mismatch(body.checksum, sha256);
    }
    const file = { ...body, id, sizeBytes, sha256, identity: null };
    return await admit(context, file, (videoId) => record(context, file, videoId));
  } finally {
    await rm(context.layout.upload(id), { force: true });
  }
}

async function writeBody(
  { layout, maxBytes }: UploadContext,
  id: string,
  body: WholeBody,
  room: Room,
) {
  const hash = createHash('sha256');
  const file = await open(layout.upload(id), 'wx', 0o600);
  let sizeBytes = 0;
  let head = Buffer.alloc(0);
  try {
    for await (const piece of body.pieces) {
      refuseSize(sizeBytes + piece.length, maxBytes);
      room.growTo(sizeBytes + piece.length);
      if (head.length < sniffBytes) {
        head = Buffer.concat([head, piece.subarray(0, sniffBytes)]);
        if (head.length >= sniffBytes) refuseForeignBytes(head);
      }
      const written = writeAll(file, sizeBytes, piece);
      hash.update(piece); // while the write is under way
      await written;
      sizeBytes += piece.length;
    }
    if (head.length < sniffBytes) refuseForeignBytes(head);
  } catch (error) {
    throw storageError(error);
  } finally {
    await file.close();
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

function record(
  { store, clock }: UploadContext,
  file: Pick<WholeBody, 'filename' | 'metadata' | 'owner'> & { id: string; sizeBytes: number },
  videoId: string,
): void {
  const createdAt = clock.now();
  store.uploads.insert({
    id: file.id,
    kind: 'chunks',
    state: 'complete',
    filename: file.filename,
    sizeBytes: file.sizeBytes,
    chunkBytes: null,
    fingerprint: null,
    metadata: file.metadata,
    importFrom: null,
    videoId,
    ...(file.owner && { owner: file.owner }),
    createdAt,
    expiresAt: createdAt + uploadLifeMs,
  });
}
