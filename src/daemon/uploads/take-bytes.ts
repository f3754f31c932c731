import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, link, open, rm, stat, type FileHandle } from 'node:fs/promises';
import { KdramaError } from '../../shared/errors.js';
import type { ImportOrigin } from '../store/uploads.js';
import { identityOf, openSource, sameIdentity } from './identity.js';
import { refuseForeignHead } from './refuse-format.js';
import { isErrno, storageError } from './storage-error.js';
import { readFully, writeAll } from './upload-file.js';

const pieceBytes = 4 * 1024 * 1024;

export interface TakeOptions {
  readonly signal: AbortSignal;
  /** How many bytes are there and hashed. */
  readonly progress: (bytes: number) => void;
}

/**
 * Brings a file on this machine to `destination`: as a hard link when that is wished, else as a
 * reflink where the file system can, else as a copy. Returns its SHA-256, hashed in the one pass
 * over the bytes. Throws SOURCE_CHANGED when it is not the file that was announced, or changes
 * meanwhile; FILE_UNREADABLE, UPLOAD_INVALID_FORMAT, IMPORT_UNAVAILABLE (cannot be linked),
 * STORAGE_FULL; `signal.reason` when aborted.
 */
export async function takeBytes(
  origin: ImportOrigin,
  destination: string,
  options: TakeOptions,
): Promise<string> {
  const { file } = await openSource(origin.path);
  try {
    await refuseChanged(origin, file);
    await refuseForeignHead(file);
    await rm(destination, { force: true });
    const sha256 = (await cloned(origin, destination))
      ? await hashFile(destination, options)
      : await copy(file, destination, options);
    await refuseChanged(origin, file);
    return sha256;
  } catch (error) {
    throw storageError(error);
  } finally {
    await file.close();
  }
}

/** The open file and what its path names now must both be what was announced. */
async function refuseChanged({ path, identity }: ImportOrigin, file: FileHandle): Promise<void> {
  const named = await stat(path).catch(() => undefined);
  const opened = await file.stat();
  const same = [named, opened].every(
    (stats) => stats !== undefined && sameIdentity(identityOf(stats), identity),
  );
  if (!same) throw new KdramaError('SOURCE_CHANGED', path);
}

/** False when neither link was wished nor the file system shares blocks between files. */
async function cloned(origin: ImportOrigin, destination: string): Promise<boolean> {
  if (origin.link) {
    await hardLink(origin.path, destination);
    return true;
  }
  try {
    await copyFile(origin.path, destination, constants.COPYFILE_FICLONE_FORCE);
    await chmod(destination, 0o600);
    return true;
  } catch {
    await rm(destination, { force: true });
    return false;
  }
}

async function hardLink(path: string, destination: string): Promise<void> {
  await link(path, destination).catch((error: unknown) => {
    if (!isErrno(error, 'EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP')) throw error;
    throw new KdramaError('IMPORT_UNAVAILABLE', `${path} cannot be hard-linked`, { cause: error });
  });
}

async function hashFile(path: string, options: TakeOptions): Promise<string> {
  const file = await open(path, 'r');
  try {
    return await readThrough(file, options, () => Promise.resolve());
  } finally {
    await file.close();
  }
}

async function copy(from: FileHandle, path: string, options: TakeOptions): Promise<string> {
  const to = await open(path, 'wx', 0o600);
  try {
    return await readThrough(from, options, (at, piece) => writeAll(to, at, piece));
  } finally {
    await to.close();
  }
}

async function readThrough(
  from: FileHandle,
  { signal, progress }: TakeOptions,
  each: (at: number, piece: Buffer) => Promise<void>,
): Promise<string> {
  const hash: Hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(pieceBytes);
  for (let at = 0; ;) {
    signal.throwIfAborted();
    const filled = await readFully(from, buffer, at);
    if (filled === 0) return hash.digest('hex');
    const piece = buffer.subarray(0, filled);
    const done = each(at, piece);
    hash.update(piece); // while the write is under way
    await done;
    at += filled;
    progress(at);
  }
}
