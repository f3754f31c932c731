import type { FileHandle } from 'node:fs/promises';
import { KdramaError } from '../../shared/errors.js';

export interface Chunk {
  readonly index: number;
  readonly bytes: Buffer;
}

/**
 * Reads a file from front to end, one chunk at a time and none ahead of who asks. Throws
 * SOURCE_CHANGED when the file ends before `sizeBytes`.
 */
export async function* readChunks(
  file: FileHandle,
  sizeBytes: number,
  chunkBytes: number,
): AsyncGenerator<Chunk> {
  for (let index = 0; index * chunkBytes < sizeBytes; index += 1) {
    const start = index * chunkBytes;
    const bytes = Buffer.allocUnsafe(Math.min(chunkBytes, sizeBytes - start));
    await fill(file, bytes, start);
    yield { index, bytes };
  }
}

async function fill(file: FileHandle, bytes: Buffer, start: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
    if (bytesRead === 0) throw new KdramaError('SOURCE_CHANGED', 'it became shorter');
    done += bytesRead;
  }
}
