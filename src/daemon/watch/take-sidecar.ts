import { join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import { isTextSubtitle } from '../../shared/sidecars/subtitle-name.js';
import { videoOfSubtitle } from '../../shared/sidecars/subtitle-places.js';
import { kindOfName } from './names.js';
import { outcomeOf } from './outcome.js';
import { isSameFile } from './settling.js';
import type { Settled } from './standings.js';
import type { Taking } from './take-file.js';
import { folderOf, folderOfVideos } from './sidecar-folders.js';

/** As much as a text may have. */
const mostBytes = 10 * 1024 * 1024;

/**
 * Adds a subtitle file that has stood still to the video that its video's file became; while there is
 * none it is only noted. What cannot be read is recorded with the reason. It stays where it is, also
 * where videos are moved. Never rejects.
 */
export async function takeSidecar(settled: Settled, taking: Taking): Promise<void> {
  const { path, identity } = settled;
  const { records, context, signal, watch } = taking;
  if (signal.aborted) return;
  const file = records.find(path);
  if (file === undefined || file.state === 'added' || file.state === 'importing') return;
  const video = videoOf(path, taking);
  if (video === undefined) return records.change(path, { state: 'noted', identity, error: null });
  try {
    const bytes = await readUnchanged(settled, taking);
    const filename = path.slice(folderOf(video.path).length);
    await context.attachSubtitle(video.videoId, { filename, bytes });
    const { videoId } = video;
    records.change(path, { state: 'added', identity, videoId, error: null, retryAt: null });
    context.log.info({ path: join(watch.path, path), videoId }, 'subtitles from a watched folder');
  } catch (err) {
    if (err instanceof KdramaError && err.code === 'STREAM_VIDEO_NOT_FOUND') {
      return records.change(path, { state: 'noted', identity, error: null });
    }
    const outcome = outcomeOf(err, context.clock.now());
    if (outcome.error !== null && outcome.error.message !== file.error?.message) {
      context.log.warn({ path: join(watch.path, path), err }, 'subtitles that are not added');
    }
    records.change(path, { ...outcome, videoId: null });
  }
}

/** Whether the video of a subtitle file is in the library by now. */
export function hasVideo(path: string, taking: Pick<Taking, 'records'>): boolean {
  return isTextSubtitle(path) && videoOf(path, taking) !== undefined;
}

/** Subtitle files that stood still before the video of this file was there. */
export function sidecarsOf(videoPath: string, { records }: Pick<Taking, 'records'>): Settled[] {
  if (records.find(videoPath)?.state !== 'added') return [];
  const folder = folderOf(videoPath);
  const videos = videosBelow(folder, records);
  return records.notedBelow(folder).flatMap(({ path, identity }) => {
    const isIts = videoOfSubtitle(path, videos)?.video === videoPath;
    return isIts && identity !== null ? [{ path, identity }] : [];
  });
}

/** The file with the longest fitting name decides, also while it is no video yet. */
function videoOf(path: string, { records }: Pick<Taking, 'records'>) {
  const owner = videoOfSubtitle(path, videosBelow(folderOfVideos(path), records));
  const file = owner && records.find(owner.video);
  if (file?.state !== 'added' || file.videoId === null) return undefined;
  return { path: file.path, videoId: file.videoId };
}

function videosBelow(folder: string, records: Taking['records']): string[] {
  return records
    .pathsBelow(folder)
    .filter((name) => kindOfName(name.slice(name.lastIndexOf('/') + 1)) === 'video');
}

async function readUnchanged(
  { path, identity }: Settled,
  { watch, context }: Taking,
): Promise<Buffer> {
  const whole = join(watch.path, path);
  if (identity.sizeBytes > mostBytes) {
    throw new KdramaError('SUBTITLE_INVALID', `${whole} has more than 10 MB`);
  }
  const bytes = await context.files.read(whole);
  const found = await context.files.identityOf(whole);
  if (found === undefined || !isSameFile(found, identity)) {
    throw new KdramaError('SOURCE_CHANGED', whole);
  }
  return bytes;
}
