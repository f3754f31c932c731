import { constants, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { FileIdentity } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';

export function identityOf(stats: Stats): FileIdentity {
  const { dev, ino, size, mtimeMs } = stats;
  return { device: dev, inode: ino, sizeBytes: size, mtimeMs };
}

export function sameIdentity(a: FileIdentity, b: FileIdentity): boolean {
  return (
    a.device === b.device &&
    a.inode === b.inode &&
    a.sizeBytes === b.sizeBytes &&
    a.mtimeMs === b.mtimeMs
  );
}

export interface SourceFile {
  readonly file: FileHandle;
  readonly identity: FileIdentity;
}

/**
 * Opens a file that a client on this machine named. Throws FILE_UNREADABLE, also for what is no
 * regular file. O_NONBLOCK: opening a FIFO must not wait for its writer.
 */
export async function openSource(path: string): Promise<SourceFile> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      throw new KdramaError('FILE_UNREADABLE', `${path} (${error.code})`, { cause: error });
    },
  );
  const stats = await file.stat();
  if (stats.isFile()) return { file, identity: identityOf(stats) };
  await file.close();
  throw new KdramaError('FILE_UNREADABLE', `${path} is not a regular file`);
}
