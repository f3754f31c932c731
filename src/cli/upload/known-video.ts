import { createHash } from 'node:crypto';
import type { VideoView } from '../../shared/contract/index.js';
import type { Api } from '../api/client.js';
import { withFile, type LocalFile } from './local-file.js';
import { readChunks } from './read-chunks.js';

const readBytes = 1024 * 1024;

/**
 * The video in the library with exactly these bytes; undefined when there is none. The file is
 * hashed only when its fingerprint says that it may be there.
 */
export async function findKnownVideo(
  file: LocalFile,
  api: Api,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<VideoView | undefined> {
  const candidates = await api.videosLike(file.fingerprint);
  const likely = candidates.filter((video) => video.sizeBytes === file.sizeBytes);
  if (likely.length === 0) return undefined;
  const sha256 = await hashFile(file, signal, onBytes);
  return likely.find((video) => video.sha256 === sha256);
}

async function hashFile(
  { path, sizeBytes }: LocalFile,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  await withFile(path, async (file) => {
    for await (const chunk of readChunks(file, sizeBytes, readBytes)) {
      signal.throwIfAborted();
      hash.update(chunk.bytes);
      onBytes((bytes += chunk.bytes.length));
    }
  });
  return hash.digest('hex');
}
