import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { KdramaError } from '../../shared/errors.js';
import type { Api } from '../api/client.js';
import { inParallel } from './in-parallel.js';
import { readChunks, type Chunk } from './read-chunks.js';

/** Enough to keep disk, hashes and network busy at once; with 8 MiB chunks it bounds the memory. */
const parallelChunks = 4;
/** A chunk that arrives damaged is sent again so often. */
const attemptsPerChunk = 3;

export interface Shipment {
  readonly uploadId: string;
  readonly sizeBytes: number;
  readonly chunkBytes: number;
  /** Chunks that the daemon does not have yet. */
  readonly missing: ReadonlySet<number>;
}

/**
 * Sends the missing chunks while reading the whole file once; `onBytes` hears of each acknowledged
 * chunk. Returns the SHA-256 of the whole file, in hexadecimal.
 */
export async function sendChunks(
  file: FileHandle,
  shipment: Shipment,
  api: Api,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<string> {
  const whole = createHash('sha256');
  async function* missingChunks(): AsyncGenerator<Chunk> {
    for await (const chunk of readChunks(file, shipment.sizeBytes, shipment.chunkBytes)) {
      signal.throwIfAborted();
      whole.update(chunk.bytes);
      if (shipment.missing.has(chunk.index)) yield chunk;
    }
  }
  await inParallel(parallelChunks, missingChunks(), async (chunk) => {
    await sendChunk(shipment.uploadId, chunk, api);
    onBytes(chunk.bytes.length);
  });
  return whole.digest('hex');
}

async function sendChunk(uploadId: string, { index, bytes }: Chunk, api: Api): Promise<void> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  for (let attempt = 1; ; attempt += 1) {
    try {
      await api.sendChunk(uploadId, index, bytes, sha256);
      return;
    } catch (error) {
      const isDamaged = error instanceof KdramaError && error.code === 'UPLOAD_CHECKSUM_MISMATCH';
      if (!isDamaged || attempt === attemptsPerChunk) throw error;
    }
  }
}
