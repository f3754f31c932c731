import type { IncomingMessage } from 'node:http';
import { createMiddleware } from 'hono/factory';
import { KdramaError } from '../../../shared/errors.js';
import type { AppEnv } from '../env.js';
import type { IsOwnHost } from './host-names.js';

/**
 * Refuses (421 HOST_NOT_ALLOWED) what does not name this daemon, so that a page whose DNS name was
 * rebound to this address gets nothing. RFC 9112 §3.2: exactly one Host line (400 VALIDATION_FAILED
 * otherwise); where the target is in absolute form, that authority counts too, as does the host that
 * a trusted proxy forwards.
 */
export function hostGate(isOwnHost: IsOwnHost) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const direct = namedHosts(c.env.incoming);
    const forwarded = c.get('client').host;
    const named = forwarded === undefined ? direct : [...direct, withoutPort(forwarded)];
    const own = ownAddress(c.env.incoming.socket.localAddress);
    const stranger = named.find((host) => host !== own && !isOwnHost(host));
    if (direct.length === 0) {
      throw new KdramaError('VALIDATION_FAILED', 'expected exactly one Host line');
    }
    if (stranger !== undefined) throw new KdramaError('HOST_NOT_ALLOWED', stranger);
    await next();
  });
}

/**
 * Host names without port, lower case; none unless there is exactly one Host line. HTTP/2 has
 * `:authority` in its place, and may have both (RFC 9113 §8.3.1).
 */
export function namedHosts(incoming: Pick<IncomingMessage, 'rawHeaders' | 'url'>): string[] {
  const lines = valuesOf(incoming.rawHeaders, 'host');
  const authorities = valuesOf(incoming.rawHeaders, ':authority');
  if (lines.length > 1 || lines.length + authorities.length === 0) return [];
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(incoming.url ?? '')?.[1];
  return [...authorities, ...lines, ...(absolute === undefined ? [] : [absolute])].map(withoutPort);
}

function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter(
    (_, index, raw) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === name,
  );
}

function withoutPort(authority: string): string {
  return authority.replace(/:\d*$/, '').toLowerCase();
}

/** The address the client connected to: a literal address cannot be rebound. */
function ownAddress(localAddress: string | undefined): string | undefined {
  const address = localAddress?.replace(/^::ffff:(?=\d+\.)/, '');
  return address?.includes(':') ? `[${address}]` : address;
}
