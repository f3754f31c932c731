import type { IncomingMessage } from 'node:http';

/** So long a body that nobody wanted may still come, so that the connection can be used again. */
const graceMs = 500;

/**
 * Closes the connection of a GET or HEAD whose body goes on after the answer: a byte a minute would
 * hold it for as long as an upload may take. Requests of other methods are drained by the adapter.
 */
export function closeOnEndlessBody(
  incoming: Pick<IncomingMessage, 'method' | 'complete' | 'socket'>,
  outgoing: { once(event: 'finish', act: () => void): unknown },
): void {
  if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return;
  outgoing.once('finish', () => {
    if (incoming.complete) return;
    setTimeout(() => {
      if (!incoming.complete) incoming.socket.destroySoon();
    }, graceMs).unref();
  });
}
