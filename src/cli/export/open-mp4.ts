import { KdramaError } from '../../shared/errors.js';
import { openStream, type Incoming } from '../api/open-stream.js';
import type { Connection } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import type { Contents } from './contents.js';

const idleMs = 60_000;

/**
 * The MP4 of a quality as the daemon puts it together. One that is named and still to be made is waited for: asking for
 * it has it made, and `onWait` is told once. Throws what the daemon says where it will not be made, or where none is
 * named and none is complete.
 */
export async function openMp4(
  { video, quality, sounds }: Contents,
  server: Connection['server'],
  { signal, clock }: Pick<Deps, 'signal' | 'clock'>,
  onWait: (quality: string) => void,
): Promise<Incoming> {
  const audio = sounds.map(({ name }) => name).join(',') || 'none';
  const query = new URLSearchParams({ ...(quality !== undefined && { quality }), audio });
  const path = `/stream/${video.id}?${query.toString()}`;
  for (let hasWaited = false; ; hasWaited = true) {
    try {
      return await openStream(server, { path, accept: 'video/mp4', signal, idleMs });
    } catch (error) {
      const seconds = secondsToWait(error);
      if (seconds === undefined || quality === undefined) throw error;
      if (!hasWaited) onWait(quality);
      await clock.sleep(seconds * 1000, signal);
    }
  }
}

/** undefined: waiting does not help. */
function secondsToWait(error: unknown): number | undefined {
  if (!(error instanceof KdramaError) || error.code !== 'STREAM_NOT_READY') return undefined;
  const seconds = error.details?.['retryAfterSeconds'];
  return typeof seconds === 'number' ? seconds : undefined;
}
