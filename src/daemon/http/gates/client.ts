import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { createMiddleware } from 'hono/factory';
import type { AppEnv, Client } from '../env.js';
import { addressMatcher, isHomeAddress, isLoopback, plainAddress } from './addresses.js';
import { isForwarded, readHops, type HeaderOf, type Hop } from './forwarding.js';

/**
 * Notes who is at the other end; everything that asks for an address, a scheme or a host asks for
 * these. `trustedProxies`: addresses and CIDR ranges. Throws CONFIG_INVALID for what is neither.
 */
export function noteClient(trustedProxies: readonly string[]) {
  const isTrusted = addressMatcher(trustedProxies);
  return createMiddleware<AppEnv>(async (c, next) => {
    const peer = connectionOf(c.env.incoming);
    const header: HeaderOf = (name) => c.req.header(name);
    const client = clientOf(peer, header, isTrusted);
    c.set('isThroughTrustedProxy', isForwarded(header) && isTrusted(peer.address));
    c.set('client', client);
    c.set('clientAddress', client.address);
    await next();
  });
}

export type Connection = Pick<Client, 'address' | 'scheme' | 'host'>;

/**
 * Pure: who asks. Only what a trusted peer forwarded is believed. The client is the rightmost hop
 * that is no trusted proxy: what stands left of it, anybody may have written. A request that came
 * through anything is never one of this machine, and one through a stranger not even of this home: a
 * tunnel that ends here would else make all the world a neighbour.
 */
export function clientOf(
  peer: Connection,
  header: HeaderOf,
  isTrusted: (address: string) => boolean,
): Client {
  if (!isForwarded(header)) return { ...peer, ...nearness(peer.address) };
  const hops = isTrusted(peer.address) ? readHops(header) : [];
  const hop = clientHop(hops, isTrusted);
  if (hop === undefined) return { ...peer, isOnThisMachine: false, isAtHome: false };
  const address = hop.address ?? unknownAddress;
  return {
    address,
    scheme: hop.scheme === 'http' || hop.scheme === 'https' ? hop.scheme : peer.scheme,
    host: hop.host?.toLowerCase() ?? peer.host,
    isOnThisMachine: false,
    isAtHome: isHomeAddress(address),
  };
}

/** Of a client whose proxy does not say. */
const unknownAddress = 'unknown';

function clientHop(hops: readonly Hop[], isTrusted: (address: string) => boolean): Hop | undefined {
  const stranger = hops.findLast(({ address }) => address === undefined || !isTrusted(address));
  return stranger ?? hops[0];
}

function nearness(address: string): Pick<Client, 'isOnThisMachine' | 'isAtHome'> {
  return { isOnThisMachine: isLoopback(address), isAtHome: isHomeAddress(address) };
}

/** HTTP/2 names the host in `:authority`. */
function connectionOf({ socket, headers }: IncomingMessage): Connection {
  const authority = headers[':authority'];
  const host = typeof authority === 'string' ? authority : headers.host;
  return {
    address: plainAddress(socket.remoteAddress),
    scheme: (socket as Partial<TLSSocket>).encrypted === true ? 'https' : 'http',
    host: host?.toLowerCase(),
  };
}
