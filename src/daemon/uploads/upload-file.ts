import { constants } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import { syncPath } from '../durable-file.js';
import type { ByteRange } from './gaps.js';
import { behind, type Pieces } from './pieces.js';
import { isErrno, storageError } from './storage-error.js';

/** Makes the sparse file that an upload's chunks are written into, each to its place. */
export async function createUploadFile(path: string, sizeBytes: number): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.truncate(sizeBytes);
  } catch (error) {
    await rm(path, { force: true });
    throw storageError(error);
  } finally {
    await file.close();
  }
  await syncPath(dirname(path));
}

/**
 * Writes bytes to their place; they are on the disk when it returns. Throws STORAGE_FULL (the
 * upload can go on later), UPLOAD_NOT_FOUND (the file is gone), or SyncFailed.
 */
export async function writeDurably(path: string, start: number, pieces: Pieces): Promise<void> {
  await withFile(path, constants.O_RDWR, async (file) => {
    await writeInPlace(file, start, pieces);
    await syncBytes(file);
  });
}

/** Throws STORAGE_FULL: what was written before is as it was. */
export async function writeInPlace(file: FileHandle, start: number, pieces: Pieces) {
  await writePieces(file, start, pieces).catch((error: unknown) => {
    throw storageError(error);
  });
}

/** Throws SyncFailed. */
export async function syncBytes(file: FileHandle): Promise<void> {
  await file.datasync().catch((cause: unknown) => {
    throw new SyncFailed(cause);
  });
}

/** After a failed sync nothing is known of the file: it is not written again. */
export class SyncFailed extends Error {
  constructor(cause: unknown) {
    super('a write did not reach the disk', { cause });
  }
}

export async function readPiece(path: string, { start, end }: ByteRange): Promise<Buffer> {
  return withFile(path, constants.O_RDONLY, async (file) => {
    const bytes = Buffer.allocUnsafe(end - start);
    const filled = await readFully(file, bytes, start);
    return bytes.subarray(0, filled);
  });
}

/** Reads until the buffer is full or the file ends; returns how many bytes came. */
export async function readFully(file: FileHandle, into: Buffer, start: number): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const { bytesRead } = await file.read(into, filled, into.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

async function writePieces(file: FileHandle, start: number, pieces: Pieces): Promise<void> {
  let at = start;
  for (let left = pieces; left.length > 0;) {
    const { bytesWritten } = await file.writev(left, at);
    at += bytesWritten;
    left = behind(left, bytesWritten);
  }
}

export async function writeAll(file: FileHandle, start: number, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, start + done);
    done += bytesWritten;
  }
}

/** Throws UPLOAD_NOT_FOUND when the file is gone. */
export async function withFile<T>(
  path: string,
  flags: number,
  work: (file: FileHandle) => Promise<T>,
): Promise<T> {
  const file = await open(path, flags | constants.O_NOFOLLOW).catch((error: unknown) => {
    if (!isErrno(error, 'ENOENT')) throw error;
    throw new KdramaError('UPLOAD_NOT_FOUND', 'its bytes are not there; is media.dir mounted?', {
      cause: error,
    });
  });
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
