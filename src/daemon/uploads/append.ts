import { createHash, timingSafeEqual } from 'node:crypto';
import { constants } from 'node:fs';
import { KdramaError } from '../../shared/errors.js';
import { batches } from './batches.js';
import { findInOrder, offsetOf, positionOf, type Position } from './in-order.js';
import type { Receiver } from './receiver.js';
import { refuseExcess, Tail } from './tail.js';
import { withFile } from './upload-file.js';

/** Written at once; until then it waits in memory. */
const batchBytes = 512 * 1024;

export interface Checksum {
  readonly algorithm: 'sha1' | 'sha256';
  readonly digest: Buffer;
}

export interface AppendRequest {
  /** Where the client thinks that the next byte goes. */
  readonly offset: number;
  /** undefined when the client streams without knowing. */
  readonly announcedBytes: number | undefined;
  /** Of all these bytes: none of them counts before it was compared. */
  readonly checksum: Checksum | undefined;
  /** Ends with an error when the client goes away. */
  readonly pieces: AsyncIterable<Buffer>;
}

/**
 * Puts bytes behind those that are there; what came before a connection broke stays. With the last
 * byte the upload is completed. Throws UPLOAD_OFFSET_MISMATCH, BODY_TOO_LARGE,
 * UPLOAD_CHECKSUM_MISMATCH, UPLOAD_LOCKED (a later request took over), UPLOAD_INVALID_FORMAT,
 * STORAGE_FULL, and what positionOf throws.
 */
export async function appendBytes(
  context: Receiver,
  id: string,
  request: AppendRequest,
): Promise<Position> {
  const { sizeBytes } = findInOrder(context, id);
  await context.turns.take(id, (signal) =>
    context.locks.run(id, 0, sizeBytes, () => append(context, id, request, signal)),
  );
  return positionOf(context, id);
}

async function append(
  context: Receiver,
  id: string,
  request: AppendRequest,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const upload = findInOrder(context, id);
  const start = offsetOf(context, upload);
  if (request.offset !== start) throw otherOffset(start, request.offset);
  refuseExcess(upload, start + (request.announcedBytes ?? 0));
  if (start === upload.sizeBytes) return;
  await withFile(context.layout.upload(id), constants.O_RDWR, async (file) => {
    const tail = new Tail(context, upload, file, start);
    const received = batches(request.pieces, batchBytes, signal);
    if (request.checksum === undefined) await keepWhatComes(tail, received);
    else await keepIfEqual(tail, received, request.checksum);
  });
}

/** The next batch is read while the last is written; however it ends, what was written counts. */
async function keepWhatComes(tail: Tail, received: AsyncIterable<Buffer>): Promise<void> {
  let writing = Promise.resolve();
  try {
    for await (const batch of received) {
      await writing;
      writing = tail.write(batch).then(() => tail.recordOften());
      writing.catch(() => undefined); // met by the next await
    }
  } finally {
    try {
      await writing;
    } finally {
      await tail.record();
    }
  }
}

async function keepIfEqual(
  tail: Tail,
  received: AsyncIterable<Buffer>,
  { algorithm, digest }: Checksum,
): Promise<void> {
  const hash = createHash(algorithm);
  for await (const batch of received) {
    const written = tail.write(batch);
    hash.update(batch); // while the write is under way
    await written;
  }
  const found = hash.digest();
  if (found.length === digest.length && timingSafeEqual(found, digest)) return tail.record();
  const detail = `expected ${algorithm} ${digest.toString('base64')}, got ${found.toString('base64')}`;
  throw new KdramaError('UPLOAD_CHECKSUM_MISMATCH', detail, {
    hint: 'Send the bytes again with their checksum in base64; none of them was kept.',
  });
}

function otherOffset(expected: number, got: number): KdramaError {
  const detail = `expected Upload-Offset ${expected}, got ${got}`;
  return new KdramaError('UPLOAD_OFFSET_MISMATCH', detail, { details: { offset: expected } });
}
