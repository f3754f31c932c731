import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { sha256Hex } from '../../../shared/contract/index.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Upload } from '../../store/uploads.js';
import { ByteBudget } from '../../uploads/byte-budget.js';
import { chunkCount, chunkRange, type ByteRange } from '../../uploads/gaps.js';
import { hashSlices } from '../../uploads/hash-slices.js';
import { lengthOf, type Pieces } from '../../uploads/pieces.js';
import type { VerifiedRange } from '../../uploads/receive.js';
import { announcedBytes, readPieces } from './body.js';
import type { AppEnv } from '../env.js';
import { boundaryOf, multipartField } from './multipart.js';

/** For the bodies of all chunks under way together: four of the largest. */
const budgetBytes = 256 * 1024 * 1024;
/** Boundaries and part headers around a chunk. */
const multipartOverhead = 64 * 1024;
/** 64 MiB at 1 Mbit/s. */
const timeLimitMs = 10 * 60 * 1000;

export type ChunkReader = ReturnType<typeof createChunkReader>;

/**
 * Reads a chunk, multipart or raw, compares it with its checksum and hands it to `store` while its
 * memory is accounted for. Returns its SHA-256 in lower case. Throws VALIDATION_FAILED (no such
 * chunk, no checksum, wrong length), UPLOAD_CHECKSUM_MISMATCH.
 */
export function createChunkReader() {
  const budget = new ByteBudget(budgetBytes);
  return async (
    c: Context<AppEnv>,
    upload: Upload,
    chunkIndex: string,
    store: (range: VerifiedRange) => Promise<void>,
  ): Promise<string> => {
    const range = rangeOf(upload, chunkIndex);
    const checksum = checksumOf(c.req.header('x-chunk-checksum'));
    const giveBack = await budget.take(range.end - range.start);
    try {
      const pieces = await readChunkPieces(c, range.end - range.start);
      const sha256 = await sha256Of(pieces);
      if (sha256 !== checksum) {
        const detail = `expected SHA-256 ${checksum}, got ${sha256}`;
        throw new KdramaError('UPLOAD_CHECKSUM_MISMATCH', detail);
      }
      await store({ ...range, sha256, pieces });
      return sha256;
    } finally {
      giveBack();
    }
  };
}

function rangeOf({ id, sizeBytes, chunkBytes }: Upload, chunkIndex: string): ByteRange {
  if (chunkBytes === null) throw new KdramaError('VALIDATION_FAILED', `${id} takes no chunks`);
  const index = /^\d{1,6}$/.test(chunkIndex) ? Number(chunkIndex) : -1;
  const range = chunkRange(sizeBytes, chunkBytes, index);
  if (range !== undefined) return range;
  const last = chunkCount(sizeBytes, chunkBytes) - 1;
  const detail = `expected chunkIndex between 0 and ${last}, got ${chunkIndex}`;
  throw new KdramaError('VALIDATION_FAILED', detail);
}

function checksumOf(header: string | undefined): string {
  const parsed = sha256Hex.safeParse(header?.trim());
  if (parsed.success) return parsed.data;
  const detail = `expected X-Chunk-Checksum, the chunk's SHA-256 in hexadecimal, got ${header ?? 'none'}`;
  throw new KdramaError('VALIDATION_FAILED', detail);
}

async function readChunkPieces(c: Context<AppEnv>, expected: number): Promise<Pieces> {
  const boundary = boundaryOf(c.req.header('content-type'));
  const maxBytes = expected + (boundary === undefined ? 0 : multipartOverhead);
  const announced = announcedBytes(c.env.incoming);
  if (boundary === undefined && announced !== undefined && announced !== expected) {
    throw wrongLength(expected, announced);
  }
  const body = await readPieces(c.env.incoming, { maxBytes, timeLimitMs });
  const pieces =
    boundary === undefined ? body : [multipartField(Buffer.concat(body), boundary, 'chunk')];
  if (lengthOf(pieces) !== expected) throw wrongLength(expected, lengthOf(pieces));
  return pieces;
}

function wrongLength(expected: number, got: number): KdramaError {
  return new KdramaError(
    'VALIDATION_FAILED',
    `expected ${expected} bytes in this chunk, got ${got}`,
  );
}

async function sha256Of(pieces: Pieces): Promise<string> {
  const hash = createHash('sha256');
  await hashSlices(hash, pieces);
  return hash.digest('hex');
}
