import { mkdir, open, rename, rm, rmdir, type FileHandle } from 'node:fs/promises';
import { fingerprint, fingerprintEdgeBytes } from '../../shared/fingerprint.js';
import { syncPath } from '../durable-file.js';
import type { Layout } from '../layout.js';
import type { NewVideo } from '../library/service.js';
import type { Accepted, UploadContext } from './context.js';
import { readFully } from './upload-file.js';

/** A whole, verified file at `layout.upload(id)`. */
export type WholeFile = Omit<NewVideo, 'fingerprint'>;

/**
 * Makes a whole file a video: bytes → fsync → rename → fsync directories → one transaction, of
 * which `also` is a part. Content that the library has already is not stored again.
 */
export async function admit(
  { store, library, layout }: Pick<UploadContext, 'store' | 'library' | 'layout'>,
  file: WholeFile,
  also: (videoId: string) => void,
): Promise<Accepted> {
  const { id } = file;
  const video = { ...file, fingerprint: await fingerprintOf(layout.upload(id), file.sizeBytes) };
  const isKnown = store.videos.findBySha256(file.sha256) !== undefined;
  if (!isKnown) await moveIn(layout, id);
  try {
    const added = library.add(video, ({ videoId }) => also(videoId));
    if (!added.created) await discard(layout, id);
    return { uploadId: id, videoId: added.videoId, jobId: added.jobId };
  } catch (error) {
    if (!isKnown) await moveBack(layout, id);
    throw error;
  }
}

/** Takes a source that no video row names back to where uploads lie. */
export async function moveBack(layout: Layout, id: string): Promise<void> {
  await rename(layout.source(id), layout.upload(id));
  await rmdir(layout.video(id));
  await Promise.all([syncPath(layout.uploads), syncPath(layout.videos)]);
}

async function moveIn(layout: Layout, id: string): Promise<void> {
  await syncPath(layout.upload(id));
  await mkdir(layout.video(id), { recursive: true, mode: 0o700 });
  await rename(layout.upload(id), layout.source(id));
  const directories = [layout.video(id), layout.videos, layout.uploads];
  await Promise.all(directories.map(syncPath));
}

/** The library had the content: neither place of this copy is named by a row. */
async function discard(layout: Layout, id: string): Promise<void> {
  await rm(layout.upload(id), { force: true });
  await rm(layout.video(id), { recursive: true, force: true });
}

/** Our own reading: what a client calls its fingerprint finds unfinished uploads only. */
export async function fingerprintOf(path: string, sizeBytes: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    return await fingerprintOfOpen(file, sizeBytes);
  } finally {
    await file.close();
  }
}

export async function fingerprintOfOpen(file: FileHandle, sizeBytes: number): Promise<string> {
  const edge = Math.min(sizeBytes, fingerprintEdgeBytes);
  const [head, tail] = [Buffer.alloc(edge), Buffer.alloc(edge)];
  await readFully(file, head, 0);
  await readFully(file, tail, sizeBytes - edge);
  return fingerprint(sizeBytes, head, tail);
}
