import { KdramaError, type ErrorCode } from '../../shared/errors.js';
import { openStream, type Incoming } from '../api/open-stream.js';
import type { Connection } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import type { Contents } from './contents.js';
import { howMuchIsMade } from './how-much-is-made.js';
import type { WaitListener } from './waiting.js';

const idleMs = 60_000;

/**
 * The MP4 of a quality as the daemon puts it together. One that is still to be made is waited for: asking for it has
 * it made. Where it will not be made, and nobody named it, the best that is there is taken. Throws what the daemon says.
 */
export async function openMp4(
  contents: Contents,
  connection: Pick<Connection, 'server' | 'api'>,
  deps: Pick<Deps, 'signal' | 'clock'>,
  listener: WaitListener,
): Promise<Incoming> {
  const { quality, isQualityNamed } = contents;
  try {
    return await openWhenMade(contents, connection, deps, listener);
  } catch (error) {
    if (isQualityNamed || !isNotToBeHad(error)) throw error;
    const other = await open(contents, undefined, connection, deps).catch(() => undefined);
    deps.signal.throwIfAborted();
    if (other === undefined) throw error;
    listener.takesOther(quality);
    return other;
  } finally {
    listener.ended();
  }
}

async function openWhenMade(
  contents: Contents,
  connection: Pick<Connection, 'server' | 'api'>,
  deps: Pick<Deps, 'signal' | 'clock'>,
  listener: WaitListener,
): Promise<Incoming> {
  for (;;) {
    try {
      return await open(contents, contents.quality, connection, deps);
    } catch (error) {
      const seconds = secondsToWait(error);
      if (seconds === undefined) throw error;
      listener.waits(contents.quality, await howMuchIsMade(contents, connection.api));
      await deps.clock.sleep(seconds * 1000, deps.signal);
    }
  }
}

/** `quality`: undefined: the best H.264 that is complete. */
function open(
  { video, sounds }: Contents,
  quality: string | undefined,
  { server }: Pick<Connection, 'server'>,
  { signal }: Pick<Deps, 'signal'>,
): Promise<Incoming> {
  const audio = sounds.map(({ name }) => name).join(',') || 'none';
  const query = new URLSearchParams({ ...(quality !== undefined && { quality }), audio });
  const path = `/stream/${video.id}?${query.toString()}`;
  return openStream(server, { path, accept: 'video/mp4', signal, idleMs });
}

/** undefined: waiting does not help. */
function secondsToWait(error: unknown): number | undefined {
  if (!(error instanceof KdramaError) || error.code !== 'STREAM_NOT_READY') return undefined;
  const seconds = error.details?.['retryAfterSeconds'];
  return typeof seconds === 'number' ? seconds : undefined;
}

/** Its job was paused or cancelled, or has failed; or the quality was dropped meanwhile. */
const notToBeHad: readonly ErrorCode[] = ['STREAM_NOT_READY', 'JOB_CANCELLED', 'NOT_FOUND'];

function isNotToBeHad(error: unknown): boolean {
  return error instanceof KdramaError && notToBeHad.includes(error.code);
}
