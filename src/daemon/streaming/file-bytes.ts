/** Reading parts of files that never are anything but regular files of ours. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { KdramaError } from '../../shared/errors.js';

const streamChunkBytes = 512 * 1024;

/** Opens a regular file, never through a symlink. Throws NOT_FOUND. */
export async function openRegularFile(
  path: string,
): Promise<{ handle: FileHandle; sizeBytes: number; modifiedMs: number }> {
  const handle = await openNoFollow(path);
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw new KdramaError('NOT_FOUND');
    return { handle, sizeBytes: facts.size, modifiedMs: facts.mtimeMs };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A small file, as `openRegularFile` opens it. */
export async function readWholeFile(path: string): Promise<Buffer> {
  const { handle, sizeBytes } = await openRegularFile(path);
  try {
    return Buffer.from(await readRange(handle, 0, sizeBytes));
  } finally {
    await handle.close();
  }
}

async function openNoFollow(path: string): Promise<FileHandle> {
  try {
    // O_NONBLOCK: a FIFO must not hold up the open that is about to refuse it.
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const absent = code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR';
    throw absent ? new KdramaError('NOT_FOUND', undefined, { cause: error }) : error;
  }
}

/** The bytes [start, end). Throws INTERNAL when the file ends before `end`. */
export function readRange(
  handle: FileHandle,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  // Not cleared first: it is filled to its end, or not handed out.
  return fill(handle, start, Buffer.allocUnsafeSlow(end - start));
}

async function fill(
  handle: FileHandle,
  start: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
    if (bytesRead === 0) throw new KdramaError('INTERNAL', 'a file ended before its known size');
    filled += bytesRead;
  }
  return bytes;
}

/** The bytes [start, end) in pieces of bounded size. */
export async function* readPieces(
  handle: FileHandle,
  start: number,
  end: number,
  pieceBytes = streamChunkBytes,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  for (let at = start; at < end; at += pieceBytes) {
    yield await readRange(handle, at, Math.min(end, at + pieceBytes));
  }
}

/** All of a regular file. Throws NOT_FOUND, INTERNAL (it is damaged: another size than is known). */
export async function readWhole(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const { handle, sizeBytes } = await openRegularFile(path);
  try {
    demandSize(sizeBytes, bytes.length);
    await fill(handle, 0, bytes);
  } finally {
    await handle.close();
  }
}

/** Throws INTERNAL for a file of another size than the database says: it is damaged. */
export function demandSize(sizeBytes: number, knownBytes: number): void {
  if (sizeBytes === knownBytes) return;
  throw new KdramaError('INTERNAL', `expected ${knownBytes} bytes, found ${sizeBytes}`);
}
