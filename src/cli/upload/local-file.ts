import { constants } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { FileIdentity } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { fingerprint, fingerprintEdgeBytes } from '../../shared/fingerprint.js';
import { fileReason } from '../output/file-reason.js';

/** A readable, non-empty regular file on this computer. */
export interface LocalFile {
  /** Absolute, without symbolic links. */
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly identity: FileIdentity;
  readonly fingerprint: string;
}

/** Looks at a file that someone named. Throws FILE_UNREADABLE, UPLOAD_INVALID_FORMAT when empty. */
export async function inspectFile(named: string, cwd: string): Promise<LocalFile> {
  const path = resolve(cwd, named);
  return withFile(path, async (file) => {
    const identity = await identityOf(file);
    if (identity === undefined) throw unreadable(await kindOf(file));
    if (identity.sizeBytes === 0) {
      throw new KdramaError('UPLOAD_INVALID_FORMAT', 'it is empty');
    }
    return {
      path: await realpath(path),
      name: basename(named),
      sizeBytes: identity.sizeBytes,
      identity,
      fingerprint: await fingerprintOf(file, identity.sizeBytes),
    };
  });
}

/** A named pipe would otherwise block until somebody writes to it. Windows has no such flag. */
const openFlags = constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0);

/** Opens a file for reading and closes it whatever happens. Throws FILE_UNREADABLE. */
export async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, openFlags).catch((cause: unknown) => {
    throw unreadable(fileReason(cause), cause);
  });
  try {
    return await use(file);
  } catch (error) {
    throw error instanceof Error && 'syscall' in error
      ? unreadable(fileReason(error), error)
      : error;
  } finally {
    await file.close();
  }
}

/** What both sides compare to know that they see the same file; undefined if it is not a regular one. */
export async function identityOf(file: FileHandle): Promise<FileIdentity | undefined> {
  const stat = await file.stat();
  if (!stat.isFile()) return undefined;
  return { device: stat.dev, inode: stat.ino, sizeBytes: stat.size, mtimeMs: stat.mtimeMs };
}

async function kindOf(file: FileHandle): Promise<string> {
  return (await file.stat()).isDirectory()
    ? 'it is a directory without videos'
    : 'it is not a regular file';
}

async function fingerprintOf(file: FileHandle, sizeBytes: number): Promise<string> {
  const edge = Math.min(sizeBytes, fingerprintEdgeBytes);
  const [head, tail] = [Buffer.alloc(edge), Buffer.alloc(edge)];
  await file.read(head, 0, edge, 0);
  await file.read(tail, 0, edge, sizeBytes - edge);
  return fingerprint(sizeBytes, head, tail);
}

function unreadable(reason: string, cause?: unknown): KdramaError {
  return new KdramaError('FILE_UNREADABLE', reason, { cause });
}
