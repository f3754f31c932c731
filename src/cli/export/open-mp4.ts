import { KdramaError } from '../../shared/errors.js';
import { openStream, type Incoming } from '../api/open-stream.js';
import type { Connection } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import type { Contents } from './contents.js';
import type { Made, Waiting } from './waiting.js';

const idleMs = 60_000;

/**
 * The MP4 of a quality as the daemon puts it together. One that is still to be made is waited for: asking for it has
 * it made. Throws what the daemon says where it will not be made.
 */
export async function openMp4(
  contents: Contents,
  connection: Pick<Connection, 'server' | 'api'>,
  { signal, clock }: Pick<Deps, 'signal' | 'clock'>,
  waiting: Waiting,
): Promise<Incoming> {
  const { video, quality, sounds } = contents;
  const audio = sounds.map(({ name }) => name).join(',') || 'none';
  const query = new URLSearchParams({ quality, audio });
  const path = `/stream/${video.id}?${query.toString()}`;
  try {
    for (;;) {
      try {
        return await openStream(connection.server, { path, accept: 'video/mp4', signal, idleMs });
      } catch (error) {
        const seconds = secondsToWait(error);
        if (seconds === undefined) throw error;
        waiting.tell(quality, await madeOf(contents, connection.api));
        await clock.sleep(seconds * 1000, signal);
      }
    }
  } finally {
    waiting.end();
  }
}

/** undefined: waiting does not help. */
function secondsToWait(error: unknown): number | undefined {
  if (!(error instanceof KdramaError) || error.code !== 'STREAM_NOT_READY') return undefined;
  const seconds = error.details?.['retryAfterSeconds'];
  return typeof seconds === 'number' ? seconds : undefined;
}

/** How much of the picture is there; undefined where somebody may watch and not see the job. */
async function madeOf(
  { video, quality }: Contents,
  api: Connection['api'],
): Promise<Made | undefined> {
  try {
    const { renditions } = await api.job(video.jobId);
    return renditions.find(({ name }) => name === quality);
  } catch (error) {
    if (error instanceof KdramaError) return undefined;
    throw error;
  }
}
