import { KdramaError } from '../../shared/errors.js';
import type { Upload } from '../store/uploads.js';
import { admit } from './admit.js';
import { failOpenUpload } from './fail.js';
import { chunksIn, gapsOf } from './gaps.js';
import { findOpenUpload, findUpload } from './lookup.js';
import type { Accepted } from './context.js';
import type { Receiver } from './receiver.js';
import { refuseForeignBytes } from './refuse-format.js';
import { sniffBytes } from './sniff.js';
import { readPiece } from './upload-file.js';

/**
 * Ends an upload whose bytes are all there: its video and job. Asking again gives the same answer.
 * Without `finalChecksum` what came is what was meant.
 * Throws UPLOAD_CHUNK_MISSING naming the chunks, UPLOAD_CHECKSUM_MISMATCH (the upload stays),
 * UPLOAD_INVALID_FORMAT, and what findOpenUpload throws.
 */
export async function completeUpload(
  context: Receiver,
  id: string,
  finalChecksum?: string,
): Promise<Accepted> {
  const { sizeBytes } = findUpload(context, id);
  return context.locks.run(id, 0, sizeBytes, async () => {
    const before = acceptedBefore(context, id, finalChecksum);
    if (before !== undefined) return before;
    const upload = findOpenUpload(context, id);
    refuseGaps(context, upload);
    const sha256 = await context.fronts.of(upload).digest();
    refuseOther(sha256, finalChecksum);
    await refuseForeignHead(context, upload);
    const accepted = await admit(context, { ...upload, sha256, identity: null }, (videoId) => {
      context.store.uploads.complete(id, videoId);
    });
    context.fronts.drop(id);
    return accepted;
  });
}

function acceptedBefore(context: Receiver, id: string, checksum?: string): Accepted | undefined {
  const { state, videoId } = findUpload(context, id);
  if (state !== 'complete' || videoId === null) return undefined;
  const sha256 = context.store.videos.find(videoId)?.sha256;
  if (sha256 !== undefined) refuseOther(sha256, checksum);
  return { uploadId: id, videoId, jobId: context.jobs.view(videoId)?.jobId ?? videoId };
}

function refuseOther(found: string, expected: string | undefined): void {
  if (expected !== undefined && found !== expected) throw mismatch(expected, found);
}

function refuseGaps({ store }: Receiver, upload: Upload): void {
  const gaps = gapsOf(upload.sizeBytes, store.uploads.ranges.of(upload.id));
  if (gaps.length === 0) return;
  const missingChunks = chunksIn(gaps, upload.chunkBytes ?? upload.sizeBytes);
  const named = missingChunks.slice(0, 10).join(', ');
  const more = missingChunks.length > 10 ? ` and ${missingChunks.length - 10} more` : '';
  throw new KdramaError('UPLOAD_CHUNK_MISSING', `${named}${more}`, {
    details: { missingChunks: missingChunks.slice(0, 1000), missing: missingChunks.length },
  });
}

/**
 * Chunks may be smaller than what has to be seen to tell a format: so the file is looked at. Throws
 * UPLOAD_INVALID_FORMAT, which is the end of the upload.
 */
export async function refuseForeignHead(context: Receiver, upload: Upload): Promise<void> {
  const end = Math.min(sniffBytes, upload.sizeBytes);
  try {
    refuseForeignBytes(await readPiece(context.layout.upload(upload.id), { start: 0, end }));
  } catch (error) {
    await failOpenUpload(context, upload.id, error);
    throw error;
  }
}

/** Also said of whole bodies and imports, hence exported. */
export function mismatch(expected: string, found: string): KdramaError {
  return new KdramaError('UPLOAD_CHECKSUM_MISMATCH', undefined, {
    message: `Final file integrity check failed: expected SHA-256 ${expected}, got ${found}`,
    hint: 'The file differs from what was sent: start the upload again.',
  });
}
