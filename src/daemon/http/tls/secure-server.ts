import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { serverLimits } from '../server-limits.js';
import type { Certificate } from './certificate.js';

/** What one session may have under way. */
const http2 = {
  settings: {
    maxConcurrentStreams: 128,
    // The standard's 64 KiB would hold an upload up at every round trip.
    initialWindowSize: 1024 * 1024,
    maxHeaderListSize: 16 * 1024,
  },
  /** Megabytes: whole segments are written at once. */
  maxSessionMemory: 256,
};
const sessionWindowBytes = 16 * 1024 * 1024;

/** HTTP/2 and HTTP/1.1, whichever the client speaks, over TLS. */
export function createTlsServer(
  { cert, key }: Certificate,
  answer: Parameters<typeof createSecureServer>[1],
): Http2SecureServer {
  const server = createSecureServer({ ...http2, cert, key, allowHTTP1: true }, answer);
  // Of HTTP/1.1 connections; the constructor does not take them.
  Object.assign(server, serverLimits);
  server.on('session', (session) => {
    session.setLocalWindowSize(sessionWindowBytes);
  });
  return server;
}
