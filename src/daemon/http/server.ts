import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { KdramaError } from '../../shared/errors.js';
import { newId } from '../../shared/ids.js';
import { errorBodyOf } from './answer/error-response.js';

/**
 * Node's own defaults would let a connection idle for ever. A whole request may take as long as an
 * upload may live; JSON and chunk bodies have shorter limits of their own.
 */
const limits = {
  headersTimeout: 15_000,
  requestTimeout: 24 * 60 * 60 * 1000,
  keepAliveTimeout: 30_000,
  maxHeaderSize: 16 * 1024,
};
/** Longer than the longest held answer (`Prefer: wait=60`). */
const idleMs = 120_000;
const maxConnections = 512;
/** What answers under way get before their connections are cut. */
const closeGraceMs = 2_000;

export interface HttpServer {
  /** Where a client on this machine finds it. */
  readonly url: string;
  /** Refuses new connections, lets answers end, then cuts what is left. */
  close(): Promise<void>;
}

/** Listens on exactly one address. Throws PORT_IN_USE, CONFIG_INVALID (no such address). */
export async function listen(
  address: { hostname: string; port: number },
  fetch: (request: Request, env: HttpBindings) => Response | Promise<Response>,
): Promise<HttpServer> {
  const answer = getRequestListener((request, env) => fetch(request, env as HttpBindings), {
    hostname: address.hostname,
    errorHandler: refuseMalformed,
  });
  const server = createServer(limits, (incoming, outgoing) => void answer(incoming, outgoing));
  server.setTimeout(idleMs);
  server.maxConnections = maxConnections;
  await bound(server, address);
  const { port } = server.address() as AddressInfo;
  return { url: `http://${clientHost(address.hostname)}:${port}`, close: () => close(server) };
}

function bound(server: Server, { hostname, port }: { hostname: string; port: number }) {
  return new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'EADDRINUSE' ? 'PORT_IN_USE' : 'CONFIG_INVALID';
      reject(new KdramaError(code, `cannot listen on ${hostname}:${port}`, { cause: error }));
    });
    server.listen({ host: hostname, port }, resolve);
  });
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), closeGraceMs);
  await closed;
  clearTimeout(timer);
}

/** A wildcard address is no place to connect to. */
function clientHost(hostname: string): string {
  if (hostname === '0.0.0.0' || hostname === '::') return '127.0.0.1';
  return hostname.includes(':') ? `[${hostname}]` : hostname;
}

/** Targets and Host lines that are no URL never reach the app. */
function refuseMalformed(error: unknown): Response {
  const refusal = new KdramaError('VALIDATION_FAILED', 'expected a valid request target and Host', {
    cause: error,
  });
  return Response.json(errorBodyOf(refusal, newId()), { status: 400 });
}
