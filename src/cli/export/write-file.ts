import { randomUUID } from 'node:crypto';
import { link, lstat, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import { fileReason } from '../output/file-reason.js';

/**
 * Writes a file that is there whole or not at all: `fill` makes it under another name beside it, then it is
 * synced and renamed. Throws FILE_EXISTS (unless `replace`), FILE_UNWRITABLE, and what `fill` throws.
 * Returns its size.
 */
export async function writeWholeFile(
  path: string,
  fill: (partial: string) => Promise<void>,
  replace: boolean,
): Promise<number> {
  const partial = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
  try {
    await orUnwritable(path, writeFile(partial, '', { flag: 'wx' }));
    await fill(partial);
    const sizeBytes = await orUnwritable(path, syncFile(partial));
    await orUnwritable(path, replace ? rename(partial, path) : moveToNewName(partial, path));
    await syncDirectory(dirname(path));
    return sizeBytes;
  } finally {
    await rm(partial, { force: true });
  }
}

/** Before anything is fetched: throws FILE_EXISTS, FILE_UNWRITABLE for what is no file. */
export async function refuseTaken(path: string, replace: boolean): Promise<void> {
  const there = await lstat(path).catch(() => undefined);
  if (there === undefined) return;
  if (there.isDirectory()) throw new KdramaError('FILE_UNWRITABLE', `${path} is a directory`);
  if (!replace) throw new KdramaError('FILE_EXISTS', path);
}

async function syncFile(path: string): Promise<number> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/** A rename would silently replace what came there meanwhile; not every disk has hard links. */
async function moveToNewName(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new KdramaError('FILE_EXISTS', to);
    await rename(from, to);
  }
}

/** So that the name is there after a power cut too; not every system can. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => undefined);
  await directory?.sync().catch(() => undefined);
  await directory?.close();
}

async function orUnwritable<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof KdramaError) throw cause;
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isMissing ? 'its directory is not there' : fileReason(cause);
    throw new KdramaError('FILE_UNWRITABLE', `${path}: ${reason}`, { cause });
  }
}
