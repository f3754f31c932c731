import { statfs } from 'node:fs/promises';

/** The file system that a path lies on, in bytes. */
export interface Disk {
  readonly sizeBytes: number;
  /** What a user without privileges may still write. */
  readonly freeBytes: number;
}

export async function diskOf(path: string): Promise<Disk> {
  const { blocks, bavail, bsize } = await statfs(path);
  return { sizeBytes: blocks * bsize, freeBytes: bavail * bsize };
}
