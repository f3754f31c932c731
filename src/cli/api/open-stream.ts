import * as http from 'node:http';
import type { Server } from './client.js';
import { readText } from './node-request.js';
import { errorOfAnswer } from './remote-error.js';
import { agentFor } from './trust.js';
import { unreachable } from './unreachable.js';

export interface StreamRequest {
  /** After `/api/v1`. */
  readonly path: string;
  readonly accept: string;
  /** Ends the stream too, with the signal's reason. */
  readonly signal: AbortSignal;
  /** Milliseconds without a byte before the daemon counts as unreachable. */
  readonly idleMs: number;
}

/** The pieces of an answer as they come. */
export interface Incoming extends AsyncIterable<Buffer> {
  /** null: nobody knows before its end. */
  readonly sizeBytes: number | null;
}

/**
 * An answer that is read while it comes: a file, or events without end. Throws the daemon's own
 * error, DAEMON_UNREACHABLE (the stream too, when it is cut off), the signal's reason.
 */
export async function openStream(server: Server, request: StreamRequest): Promise<Incoming> {
  const incoming = await reachable(server, request, send(server, request));
  const status = incoming.statusCode ?? 0;
  if (status === 200) {
    const sizeBytes = Number(incoming.headers['content-length'] ?? NaN);
    return Object.assign(pieces(incoming, server, request), {
      sizeBytes: Number.isNaN(sizeBytes) ? null : sizeBytes,
    });
  }
  throw errorOfAnswer({ status, text: await reachable(server, request, readText(incoming)) });
}

async function send(server: Server, request: StreamRequest): Promise<http.IncomingMessage> {
  const { url, token, trust } = server;
  const { signal, idleMs, accept, path } = request;
  const client = url.startsWith('https:') ? await import('node:https') : http;
  const headers = { accept, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const agent = trust && { agent: await agentFor(trust) };
  return new Promise((resolve, reject) => {
    const options = { headers, signal, ...agent };
    const outgoing = client.get(`${url}/api/v1${path}`, options, (incoming) => {
      clearTimeout(timer);
      resolve(incoming);
    });
    const timer = setTimeout(() => outgoing.destroy(silence(idleMs)), idleMs);
    outgoing.on('error', reject);
  });
}

/** The clock runs only while somebody waits for a piece: who reads slowly is no dead daemon. */
async function* pieces(
  incoming: http.IncomingMessage,
  server: Server,
  request: StreamRequest,
): AsyncGenerator<Buffer> {
  const reader = incoming[Symbol.asyncIterator]() as AsyncIterator<Buffer, void>;
  try {
    for (;;) {
      const timer = setTimeout(() => incoming.destroy(silence(request.idleMs)), request.idleMs);
      const next = reader.next().finally(() => clearTimeout(timer));
      const { value, done }: IteratorResult<Buffer, void> = await reachable(server, request, next);
      if (done === true) return;
      yield value;
    }
  } finally {
    incoming.destroy();
  }
}

async function reachable<T>(
  { url }: Server,
  { signal }: StreamRequest,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(url, error);
  }
}

function silence(idleMs: number): Error {
  return new Error(`nothing came for ${idleMs / 1000} s`);
}
