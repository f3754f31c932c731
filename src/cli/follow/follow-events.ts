import type { JobEvent, StreamNote } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { openStream } from '../api/open-stream.js';
import type { Connection } from '../daemon/connect.js';
import type { Clock } from '../deps.js';

export interface EventSource {
  /** Finds the daemon, again after it was restarted at another address. */
  readonly connect: () => Promise<Connection>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export type Event = JobEvent | StreamNote;

/** Several heartbeats of the daemon. */
const idleMs = 90_000;
const pauseMs = 1000;
/** A daemon that is killed and started again within this time is not worth a failed script. */
const patienceMs = 30_000;

/**
 * Events of one job, or of all, without end; none is lost when the connection is, or the daemon is
 * restarted. Throws TRANSCODE_JOB_NOT_FOUND, DAEMON_UNREACHABLE when it stays away, the signal's reason.
 */
export async function* followEvents(
  id: string | undefined,
  { connect, clock, signal }: EventSource,
): AsyncGenerator<Event, never> {
  const base = id === undefined ? '/events' : `/jobs/${encodeURIComponent(id)}/events`;
  let seen: number | undefined;
  let lastSign = clock.monotonic();
  for (;;) {
    const path = seen === undefined ? base : `${base}?after=${seen}`;
    try {
      const { server } = await connect();
      const request = { path, accept: 'application/x-ndjson', signal, idleMs };
      for await (const line of linesOf(await openStream(server, request))) {
        const event = JSON.parse(line) as Event;
        [seen, lastSign] = [event.id, clock.monotonic()];
        if (event.type !== 'heartbeat') yield event;
      }
    } catch (error) {
      const isAway = error instanceof KdramaError && error.code === 'DAEMON_UNREACHABLE';
      if (!isAway || clock.monotonic() - lastSign > patienceMs) throw error;
    }
    await clock.sleep(pauseMs, signal);
  }
}

async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
}
