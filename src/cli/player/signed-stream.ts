import type { VideoView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { isPlainName } from '../../shared/resolutions.js';
import type { Api } from '../api/client.js';
import type { Connection } from '../daemon/connect.js';

export interface StreamWish {
  /** One file instead of a playlist: in any case, or once there is one. */
  readonly asFile?: boolean | 'if-ready' | undefined;
  /** This quality alone. */
  readonly quality?: string | undefined;
}

/**
 * A video and its address below `base` that opens without signing in: of its playlist, or as one file of
 * the best quality, or of one. Throws STREAM_NOT_READY for a file of what is not made, NOT_FOUND for a
 * quality that it does not have.
 */
export async function signedStream(
  id: string | undefined,
  option: string,
  base: string,
  { api }: Pick<Connection, 'api'>,
  { asFile = false, quality }: StreamWish,
): Promise<{ video: VideoView; url: string }> {
  if (id === undefined) {
    throw new KdramaError('COMMAND_INVALID', `${option} needs the id of a video`, {
      hint: '"kdrama list" shows the ids.',
    });
  }
  const video = await api.video(id);
  const { availableQualities, streamingUrls } = video;
  const { hls, mp4 } = streamingUrls;
  if (hls === null) throw new KdramaError('STREAM_ACCESS_DENIED', id);
  const isPlanned = availableQualities.length > 0;
  if (quality !== undefined && isPlanned && !availableQualities.includes(quality)) {
    throw notOffered(quality, availableQualities);
  }
  if (asFile === false) return { video, url: addressOf(base, hls, quality) };
  const wanted = quality ?? availableQualities.find(isPlainName) ?? availableQualities[0];
  const isThere = mp4 !== null || (wanted !== undefined && (await isMade(video, wanted, api)));
  if (isThere) return { video, url: addressOf(base, mp4 ?? fileBeside(hls), wanted) };
  if (asFile === 'if-ready') return { video, url: addressOf(base, hls, quality) };
  throw new KdramaError('STREAM_NOT_READY', id, {
    hint: `Wait until it is (kdrama wait ${id}), or leave --mp4 out: the playlist plays already.`,
  });
}

/** Whether a picture and all sound are there while other pictures may still be made: then the one file of it is. */
async function isMade(
  { jobId }: VideoView,
  quality: string,
  api: Pick<Api, 'job'>,
): Promise<boolean> {
  try {
    const { renditions } = await api.job(jobId);
    const needed = renditions.filter(({ name, kind }) => name === quality || kind === 'audio');
    const isWhole = needed.every(({ segments, segmentsDone }) => segmentsDone === segments);
    return isWhole && needed.some(({ name }) => name === quality);
  } catch (error) {
    // Who may watch need not see the job.
    if (error instanceof KdramaError) return false;
    throw error;
  }
}

/** The address of the file that goes with the address of a playlist: signed by the same key. */
function fileBeside(playlist: string): string {
  return playlist.replace(/hls\/master\.m3u8$/, 'video.mp4');
}

function addressOf(base: string, path: string, quality: string | undefined): string {
  return `${base}${path}${quality === undefined ? '' : `?quality=${encodeURIComponent(quality)}`}`;
}

function notOffered(quality: string, available: readonly string[]): KdramaError {
  return new KdramaError('NOT_FOUND', undefined, {
    message: `This video has no quality ${quality}`,
    hint: `It has ${available.join(', ')}.`,
  });
}
