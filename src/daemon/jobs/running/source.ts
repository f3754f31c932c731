import { stat } from 'node:fs/promises';
import { KdramaError } from '../../../shared/errors.js';
import type { Layout } from '../../layout.js';
import type { Video } from '../../store/videos.js';
import { demandSource } from '../ended/give-up-source.js';

/** Whether the directory of a video is there: it may lie on a disk that is away for now. */
export async function isReachable(layout: Layout, videoId: string): Promise<boolean> {
  return stat(layout.video(videoId)).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * The path of a video's source. A hard link shares its bytes with a file that others may write, so
 * its identity is compared before each use. Throws SOURCE_CHANGED;
 * SOURCE_NOT_KEPT where it was given up.
 */
export async function checkedSource(layout: Layout, video: Video): Promise<string> {
  demandSource(video);
  const path = layout.source(video.id);
  const found = await stat(path).catch((cause: unknown) => {
    throw new KdramaError('SOURCE_CHANGED', 'it is not there any more', { cause });
  });
  if (found.size !== video.sizeBytes) {
    throw new KdramaError('SOURCE_CHANGED', `expected ${video.sizeBytes} bytes, got ${found.size}`);
  }
  const { identity } = video;
  const isSame =
    identity === null ||
    (found.dev === identity.device &&
      found.ino === identity.inode &&
      found.mtimeMs === identity.mtimeMs);
  if (!isSame) throw new KdramaError('SOURCE_CHANGED', 'another file or another time of change');
  return path;
}
