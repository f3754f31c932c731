import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../env.js';

/** Notes who is at the other end; everything that asks for an address asks for this one. */
export const noteClientAddress = createMiddleware<AppEnv>(async (c, next) => {
  c.set('clientAddress', plainAddress(c.env.incoming.socket.remoteAddress));
  await next();
});

/** IPv4 that came in over an IPv6 socket is IPv4. */
export function plainAddress(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:(?=\d+\.)/, '');
}

export function isLoopback(address: string): boolean {
  return /^127\.|^::1$/.test(address);
}
