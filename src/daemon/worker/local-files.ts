import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import { newId } from '../../shared/ids.js';

export interface FileToPublish {
  /** Where it will be fetched from. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Makes files durable under their final names: when it resolves they survive a power cut, and no
 * name was ever seen with a part of its bytes. Throws STORAGE_FULL. After any failure the attempt
 * is to be dropped: a failed fsync must not be tried again on the same file.
 */
export async function publishFiles(
  files: readonly FileToPublish[],
  attemptDirectory: string,
): Promise<void> {
  try {
    const directories = [...new Set(files.map((file) => dirname(file.path)))];
    for (const directory of directories) await makeDirectory(directory);
    // All of them have ended before one failure is told: a rename must never come after that, when
    // another attempt may have published the same name.
    const written = await Promise.allSettled(
      files.map((file) => writeAndRename(file, attemptDirectory)),
    );
    const failed = written.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    await Promise.all(directories.map(syncDirectory));
  } catch (error) {
    throw isFull(error) ? new KdramaError('STORAGE_FULL', undefined, { cause: error }) : error;
  }
}

async function writeAndRename(file: FileToPublish, attemptDirectory: string): Promise<void> {
  const temporary = join(attemptDirectory, `${newId()}.part`);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(file.bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file.path);
}

/** Also syncs the parents of what it made, or the new directory itself could be lost. */
async function makeDirectory(directory: string): Promise<void> {
  const firstMade = await mkdir(directory, { recursive: true, mode: 0o700 });
  if (firstMade === undefined) return;
  for (let made = directory; made.length >= firstMade.length; made = dirname(made)) {
    await syncDirectory(dirname(made));
  }
}

/** Makes the names in a directory durable. */
export async function syncDirectory(directory: string): Promise<void> {
  // Windows cannot open a directory; its file system keeps renames in its own journal.
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isFull(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
