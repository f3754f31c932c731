import type { UploadStatus, VideoMetadata } from '../../shared/contract/index.js';
import { KdramaError, type ErrorCode } from '../../shared/errors.js';
import type { Api } from '../api/client.js';
import { remoteError } from '../api/remote-error.js';
import type { Clock } from '../deps.js';
import type { LocalFile } from './local-file.js';

const firstPauseMs = 20;
const longestPauseMs = 500;

/** The daemon cannot take the file itself, for reasons that sending its bytes does not have. */
const sendInstead: readonly ErrorCode[] = ['IMPORT_UNAVAILABLE', 'AUTH_INSUFFICIENT_PERMISSIONS'];

/**
 * Lets a daemon on the same machine take the file by its path: no bytes travel. Returns undefined
 * when it does not see the same file (or we may not), so that the bytes must be sent.
 */
export async function importFile(
  file: LocalFile,
  request: { readonly metadata: VideoMetadata; readonly link: boolean },
  { api, clock, signal }: { api: Api; clock: Clock; signal: AbortSignal },
  onBytes: (bytes: number) => void,
): Promise<{ videoId: string; jobId: string } | undefined> {
  try {
    const { path, identity, name: filename } = file;
    const { uploadId } = await api.importFile({ path, identity, filename, ...request });
    for (let pause = firstPauseMs; ; pause = Math.min(pause * 1.5, longestPauseMs)) {
      const status = await api.upload(uploadId);
      onBytes(status.receivedBytes);
      const accepted = acceptedBy(status);
      if (accepted !== undefined) return accepted;
      await clock.sleep(pause, signal);
    }
  } catch (error) {
    if (error instanceof KdramaError && sendInstead.includes(error.code)) return undefined;
    throw error;
  }
}

function acceptedBy(status: UploadStatus): { videoId: string; jobId: string } | undefined {
  const { state, videoId, transcodingJobId: jobId, error } = status;
  if (state === 'failed' && error !== null) throw remoteError(error.code, error.message);
  if (state === 'failed' || state === 'aborted') {
    throw new KdramaError('UPLOAD_EXPIRED', 'somebody aborted it');
  }
  return state === 'complete' && videoId !== null && jobId !== null
    ? { videoId, jobId }
    : undefined;
}
