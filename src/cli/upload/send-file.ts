import type { FileHandle } from 'node:fs/promises';
import type { FileIdentity, VideoMetadata } from '../../shared/contract/index.js';
import { KdramaError, type ErrorCode } from '../../shared/errors.js';
import type { Api } from '../api/client.js';
import { identityOf, withFile, type LocalFile } from './local-file.js';
import { sendChunks, type Shipment } from './send-chunks.js';

const chunkBytes = 8 * 1024 * 1024;

export interface Sending {
  readonly api: Api;
  readonly signal: AbortSignal;
  /** Bytes that the daemon has. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Sends a file in checksummed chunks, going on with an unfinished upload of the same file from any
 * process. Throws SOURCE_CHANGED when the file is written to meanwhile.
 */
export async function sendFile(
  file: LocalFile,
  metadata: VideoMetadata,
  sending: Sending,
): Promise<{ videoId: string; jobId: string }> {
  const first = await startOrResume(file, metadata, sending.api);
  try {
    return await ship(file, first, sending);
  } catch (error) {
    if (!first.resumed || !isOtherFile(error)) throw error;
    // The fingerprint covers the ends of a file only: what was there belonged to another one.
    await sending.api.abortUpload(first.uploadId);
    return await ship(file, await startOrResume(file, metadata, sending.api), sending);
  }
}

interface Start extends Shipment {
  readonly resumed: boolean;
}

async function startOrResume(file: LocalFile, metadata: VideoMetadata, api: Api): Promise<Start> {
  const { name: filename, sizeBytes, fingerprint } = file;
  const started = await api.startUpload({
    filename,
    totalSize: sizeBytes,
    chunkSize: chunkBytes,
    metadata,
    fingerprint,
  });
  const status = await api.upload(started.uploadId);
  return {
    uploadId: started.uploadId,
    sizeBytes,
    chunkBytes: status.chunkSize ?? chunkBytes,
    missing: new Set(status.missingChunks),
    resumed: status.receivedBytes > 0,
  };
}

async function ship(
  local: LocalFile,
  shipment: Shipment,
  { api, signal, onBytes }: Sending,
): Promise<{ videoId: string; jobId: string }> {
  let bytes = bytesThere(shipment);
  onBytes(bytes);
  const checksum = await withFile(local.path, async (file) => {
    await expectUnchanged(file, local, shipment.uploadId, api);
    const sha256 = await sendChunks(file, shipment, api, signal, (more) =>
      onBytes((bytes += more)),
    );
    await expectUnchanged(file, local, shipment.uploadId, api);
    return sha256;
  });
  const { videoId, transcodingJobId } = await api.completeUpload(shipment.uploadId, checksum);
  return { videoId, jobId: transcodingJobId };
}

/** Pure: how many bytes the chunks that are not missing hold. */
export function bytesThere({ sizeBytes, chunkBytes: size, missing }: Shipment): number {
  const missingBytes = [...missing].map((index) => Math.min(size, sizeBytes - index * size));
  return sizeBytes - missingBytes.reduce((sum, each) => sum + each, 0);
}

async function expectUnchanged(
  file: FileHandle,
  local: LocalFile,
  uploadId: string,
  api: Api,
): Promise<void> {
  if (isSame(await identityOf(file), local.identity)) return;
  await api.abortUpload(uploadId); // Its chunks are of no single version of the file.
  throw new KdramaError('SOURCE_CHANGED', 'it was written to during the upload', {
    hint: 'Upload it again when it is complete.',
  });
}

function isSame(a: FileIdentity | undefined, b: FileIdentity): boolean {
  return (
    a?.device === b.device &&
    a.inode === b.inode &&
    a.sizeBytes === b.sizeBytes &&
    a.mtimeMs === b.mtimeMs
  );
}

const otherFile: readonly ErrorCode[] = ['UPLOAD_CHECKSUM_MISMATCH', 'UPLOAD_CONFLICT'];

function isOtherFile(error: unknown): boolean {
  return error instanceof KdramaError && otherFile.includes(error.code);
}
