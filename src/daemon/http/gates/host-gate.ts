import type { IncomingMessage } from 'node:http';
import { createMiddleware } from 'hono/factory';
import { KdramaError } from '../../../shared/errors.js';
import type { AppEnv } from '../env.js';

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses (421 HOST_NOT_ALLOWED) what does not name this daemon, so that a page whose DNS name was
 * rebound to this address gets nothing. RFC 9112 §3.2: exactly one Host line; where the target is
 * in absolute form, that authority counts too.
 */
export function hostGate(allowedHosts: readonly string[]) {
  const allowed = new Set([...loopbackNames, ...allowedHosts.map((host) => host.toLowerCase())]);
  return createMiddleware<AppEnv>(async (c, next) => {
    const named = namedHosts(c.env.incoming);
    const own = ownAddress(c.env.incoming.socket.localAddress);
    const stranger = named.find((host) => host !== own && !allowed.has(host));
    if (named.length === 0 || stranger !== undefined) {
      throw new KdramaError('HOST_NOT_ALLOWED', stranger ?? 'expected exactly one Host line');
    }
    await next();
  });
}

/** Host names without port, lower case; none unless there is exactly one Host line. */
export function namedHosts(incoming: Pick<IncomingMessage, 'rawHeaders' | 'url'>): string[] {
  const lines = incoming.rawHeaders.filter(
    (_, index, raw) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === 'host',
  );
  if (lines.length !== 1) return [];
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(incoming.url ?? '')?.[1];
  return [...lines, ...(authority === undefined ? [] : [authority])].map(withoutPort);
}

function withoutPort(authority: string): string {
  return authority.replace(/:\d*$/, '').toLowerCase();
}

/** The address the client connected to: a literal address cannot be rebound. */
function ownAddress(localAddress: string | undefined): string | undefined {
  const address = localAddress?.replace(/^::ffff:(?=\d+\.)/, '');
  return address?.includes(':') ? `[${address}]` : address;
}
