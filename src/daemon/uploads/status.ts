import type { UploadStatus } from '../../shared/contract/index.js';
import type { ReceivedRange } from '../store/upload-ranges.js';
import type { Upload } from '../store/uploads.js';
import { chunksIn, gapsOf } from './gaps.js';

/** An upload as the contract shows it. `copiedBytes` is how far a running import is. */
export function uploadStatusOf(
  upload: Upload,
  ranges: readonly ReceivedRange[],
  copiedBytes: number,
  jobId: string | null,
): UploadStatus {
  const gaps = upload.state === 'open' ? gapsOf(upload.sizeBytes, ranges) : [];
  const inRanges = ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  const receivedBytes = upload.kind === 'import' ? copiedBytes : inRanges;
  return {
    uploadId: upload.id,
    state: upload.state,
    filename: upload.filename,
    totalSize: upload.sizeBytes,
    chunkSize: upload.chunkBytes,
    receivedBytes: upload.state === 'complete' ? upload.sizeBytes : receivedBytes,
    missingChunks: upload.chunkBytes === null ? [] : chunksIn(gaps, upload.chunkBytes),
    expiresAt: new Date(upload.expiresAt).toISOString(),
    videoId: upload.videoId,
    transcodingJobId: jobId,
    error: upload.error,
  };
}
