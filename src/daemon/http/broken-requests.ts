import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Http2SecureServer } from 'node:http2';
import type { Duplex } from 'node:stream';
import { errorKind, KdramaError } from '../../shared/errors.js';
import { newId } from '../../shared/ids.js';
import { errorBodyOf } from './answer/error-response.js';

/** So long the client gets to read its answer while what it still sends is thrown away. */
const lingerMs = 500;

interface Exchange {
  readonly incoming: { readonly complete: boolean };
  readonly outgoing: {
    readonly headersSent: boolean;
    readonly writableFinished: boolean;
    once(event: 'close', act: () => void): unknown;
  };
}

/**
 * Answers what never becomes a request, because it is no HTTP, too large or too slow, with the
 * one error format, and closes its connection: nobody knows where the next request would begin.
 */
export class BrokenRequests {
  /** The newest exchange of each HTTP/1 connection. */
  readonly #exchanges = new WeakMap<Duplex, Exchange>();
  readonly #refused = new WeakSet<Duplex>();

  watch(server: Server | Http2SecureServer): void {
    server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
      this.#refuse(socket, refusalOf(error));
    });
    server.on('connect', (_incoming: IncomingMessage, socket: Duplex) => {
      this.#refuse(socket, noProxy());
    });
  }

  /** Call for each request before it is answered. */
  note(socket: Duplex, exchange: Exchange): void {
    this.#exchanges.set(socket, exchange);
  }

  #refuse(socket: Duplex, refusal: KdramaError | undefined): void {
    if (this.#refused.has(socket)) return;
    this.#refused.add(socket);
    const { incoming, outgoing } = this.#exchanges.get(socket) ?? {};
    if (refusal === undefined || !socket.writable) socket.destroy();
    // It is this request's own body that is broken, and it has its answer, or half of it.
    else if (incoming?.complete === false && outgoing?.headersSent) end(socket);
    // Answers come in the order of their requests.
    else if (incoming?.complete === true && outgoing?.writableFinished === false) {
      outgoing.once('close', () => end(socket, refusal));
    } else end(socket, refusal);
  }
}

/** undefined: the client is gone, nobody reads an answer. */
function refusalOf({ code = '', message }: NodeJS.ErrnoException): KdramaError | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') return new KdramaError('HEADERS_TOO_LARGE');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new KdramaError('REQUEST_TIMEOUT');
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return new KdramaError('BODY_TOO_LARGE');
  if (!code.startsWith('HPE_')) return undefined;
  const detail = `expected HTTP/1.1, got ${message.replace(/^Parse Error: /, '')}`;
  return new KdramaError('VALIDATION_FAILED', detail);
}

function noProxy(): KdramaError {
  const allow = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
  return new KdramaError('METHOD_NOT_ALLOWED', 'this is no proxy', { details: { allow } });
}

function end(socket: Duplex, refusal?: KdramaError): void {
  socket.end(refusal && rawAnswer(refusal));
  setTimeout(() => socket.destroy(), lingerMs).unref();
}

function rawAnswer(refusal: KdramaError): string {
  const { status } = errorKind(refusal.code);
  const requestId = newId();
  const body = JSON.stringify(errorBodyOf(refusal, requestId));
  const allow = refusal.details?.['allow'];
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    `X-Request-Id: ${requestId}`,
    ...(Array.isArray(allow) ? [`Allow: ${allow.join(', ')}`] : []),
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
