import { statfs } from 'node:fs/promises';
import { KdramaError } from '../../shared/errors.js';

export type FreeBytes = (path: string) => Promise<number>;

/** What a user without privileges may still write on the file system of a path. */
export const freeBytes: FreeBytes = async (path) => {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
};

/** The ladder of a copied 1080p source with its lower rungs, measured, is about its size again. */
const ladderRatio = 1.2;

/** Room that an episode needs; `sourceBytes` 0 for a hard link, which takes none. */
export function neededBytes(sizeBytes: number, sourceBytes: number): number {
  return Math.ceil(sourceBytes + sizeBytes * ladderRatio);
}

/** Throws STORAGE_FULL before a byte is written that would not fit to the end. */
export async function demandSpace(
  free: FreeBytes,
  directory: string,
  neededByAll: number,
): Promise<void> {
  const available = await free(directory);
  if (available >= neededByAll) return;
  throw new KdramaError('STORAGE_FULL', `expected ${neededByAll} free bytes, found ${available}`, {
    details: { neededBytes: neededByAll, freeBytes: available },
  });
}
