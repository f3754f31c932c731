import { createServer, IncomingMessage, type Server } from 'node:http';
import type { Http2SecureServer, ServerHttp2Session } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { KdramaError } from '../../shared/errors.js';
import { newId } from '../../shared/ids.js';
import { isWildcard } from '../../shared/network.js';
import { errorBodyOf } from './answer/error-response.js';
import type { Certificate } from './tls/certificate.js';
import { BrokenRequests } from './broken-requests.js';
import { serverLimits } from './server-limits.js';
import { Traffic } from './traffic.js';
import { overrideMethod } from './tus/method-override.js';
import { createTlsServer } from './tls/secure-server.js';
import { closeOnEndlessBody } from './unread-body.js';

/** Longer than the longest held answer (`Prefer: wait=60`). */
const idleMs = 120_000;
/** Players take two each, one for the picture and one for the sound. */
const maxConnections = 2048;
/** What answers under way get before their connections are cut. */
const closeGraceMs = 2_000;

export interface ListenOptions {
  readonly hostname: string;
  readonly port: number;
  /** With one, it speaks TLS. */
  readonly certificate?: Certificate | undefined;
}

export interface HttpServer {
  /** Where a client on this machine finds it. */
  readonly url: string;
  /** Bytes and connections since the start. */
  traffic(): ReturnType<Traffic['read']>;
  /** For connections from now on. */
  renew(certificate: Certificate): void;
  /** Refuses new connections, lets answers end, then cuts what is left. */
  close(): Promise<void>;
}

/** Listens on exactly one address. Throws PORT_IN_USE, CONFIG_INVALID (no such address). */
export async function listen(
  { hostname, port, certificate }: ListenOptions,
  fetch: (request: Request, env: HttpBindings) => Response | Promise<Response>,
): Promise<HttpServer> {
  const handle = (request: Request, env: unknown) => fetch(request, env as HttpBindings);
  const listener = getRequestListener(handle, { hostname, errorHandler: refuseMalformed });
  const broken = new BrokenRequests();
  const answer = (...[incoming, outgoing]: Parameters<typeof listener>): void => {
    if (incoming instanceof IncomingMessage) {
      broken.note(incoming.socket, { incoming, outgoing });
      closeOnEndlessBody(incoming, outgoing);
    }
    overrideMethod(incoming);
    // RFC 9110 §9.3.7: "*" asks about the server as a whole; it has one root.
    if (incoming.method === 'OPTIONS' && incoming.url === '*') incoming.url = '/';
    void listener(incoming, outgoing);
  };
  const plain = certificate === undefined;
  const server = plain ? createServer(serverLimits, answer) : createTlsServer(certificate, answer);
  broken.watch(server);
  // RFC 9110 §10.1.1 lets a server pass over expectations that it does not know.
  server.on('checkExpectation', answer);
  server.setTimeout(idleMs);
  server.maxConnections = maxConnections;
  const close = closing(server);
  const traffic = new Traffic();
  traffic.watch(server);
  await bound(server, { hostname, port });
  const bindings = server.address() as AddressInfo;
  return {
    url: `${plain ? 'http' : 'https'}://${clientHost(hostname)}:${bindings.port}`,
    renew({ cert, key }) {
      if ('setSecureContext' in server) server.setSecureContext({ cert, key });
    },
    traffic: () => traffic.read(),
    close,
  };
}

type AnyServer = Server | Http2SecureServer;

function bound(server: AnyServer, { hostname, port }: { hostname: string; port: number }) {
  return new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'EADDRINUSE' ? 'PORT_IN_USE' : 'CONFIG_INVALID';
      reject(new KdramaError(code, `cannot listen on ${hostname}:${port}`, { cause: error }));
    });
    server.listen({ host: hostname, port }, resolve);
  });
}

/** Follows what is open, since a server of HTTP/2 cannot say, and returns what closes it all. */
function closing(server: AnyServer): () => Promise<void> {
  const sockets = new Set<Socket>();
  const sessions = new Set<ServerHttp2Session>();
  let isClosing = false;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    if (isClosing) session.close(); // its handshake was under way
    session.once('close', () => sessions.delete(session));
  });
  return async () => {
    isClosing = true;
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
    for (const session of sessions) session.close();
    const timer = setTimeout(() => sockets.forEach((socket) => socket.destroy()), closeGraceMs);
    // A connection whose answer ends only now would idle until it is cut.
    const sweep = setInterval(() => {
      if ('closeIdleConnections' in server) server.closeIdleConnections();
    }, 50);
    await closed;
    clearTimeout(timer);
    clearInterval(sweep);
  };
}

/** A wildcard address is no place to connect to. */
function clientHost(hostname: string): string {
  if (isWildcard(hostname)) return '127.0.0.1';
  return hostname.includes(':') ? `[${hostname}]` : hostname;
}

/** Targets and Host lines that are no URL never reach the app. */
function refuseMalformed(error: unknown): Response {
  const refusal = new KdramaError('VALIDATION_FAILED', 'expected a valid request target and Host', {
    cause: error,
  });
  return Response.json(errorBodyOf(refusal, newId()), { status: 400 });
}
