import { open, realpath, type FileHandle } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { FileIdentity } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { fingerprint, fingerprintEdgeBytes } from '../../shared/fingerprint.js';
import { shellQuote } from '../output/shell-quote.js';

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
  return withFile(resolve(cwd, named), async (file) => {
    const identity = await identityOf(file);
    if (identity === undefined) throw unreadable(named, 'it is not a regular file');
    if (identity.sizeBytes === 0) {
      throw new KdramaError('UPLOAD_INVALID_FORMAT', `${shellQuote(named)} is empty`);
    }
    return {
      path: await realpath(resolve(cwd, named)),
      name: basename(named),
      sizeBytes: identity.sizeBytes,
      identity,
      fingerprint: await fingerprintOf(file, identity.sizeBytes),
    };
  });
}

/** Opens a file for reading and closes it whatever happens. Throws FILE_UNREADABLE. */
export async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw unreadable(path, reasonOf(cause), cause);
  });
  try {
    return await use(file);
  } catch (error) {
    throw error instanceof Error && 'syscall' in error
      ? unreadable(path, reasonOf(error), error)
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

async function fingerprintOf(file: FileHandle, sizeBytes: number): Promise<string> {
  const edge = Math.min(sizeBytes, fingerprintEdgeBytes);
  const [head, tail] = [Buffer.alloc(edge), Buffer.alloc(edge)];
  await file.read(head, 0, edge, 0);
  await file.read(tail, 0, edge, sizeBytes - edge);
  return fingerprint(sizeBytes, head, tail);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is not a directory',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
};

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return reasons[code ?? ''] ?? message;
}

function unreadable(path: string, reason: string, cause?: unknown): KdramaError {
  return new KdramaError('FILE_UNREADABLE', `${shellQuote(path)}: ${reason}`, { cause });
}
