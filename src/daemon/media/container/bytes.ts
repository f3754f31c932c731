import { open } from 'node:fs/promises';

/** The bytes [at, at + length) of a file; fewer where it ends before. */
export type ReadBytes = (at: number, length: number) => Promise<Buffer>;

/** Reads from one file for as long as `work` takes. */
export async function withBytes<T>(
  path: string,
  work: (read: ReadBytes, sizeBytes: number) => Promise<T>,
): Promise<T> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return await work(async (at, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    }, size);
  } finally {
    await file.close();
  }
}
