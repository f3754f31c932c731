import type { RequestError } from 'got';
import type { ApiRequest, ApiResponse, Request } from './request.js';
import { agentFor } from './trust.js';
import { unreachable } from './unreachable.js';

export interface Backoff {
  /** How often one request is sent again. */
  readonly retries: number;
  /** The longest pause between two attempts; pauses start at 1 s and double. */
  readonly longestPauseMs: number;
}

/** The daemon may be restarted under a long upload: about half a minute of patience. */
export const uploadBackoff = { retries: 6, longestPauseMs: 8000 };

/** What a proxy or a busy daemon answers; everything else is an answer to the request itself. */
const passingStatusCodes = [408, 429, 502, 503, 504];

/**
 * Requests through got, with backoff on lost connections: for uploads, whose every request may be
 * repeated (a chunk is idempotent, a start finds the unfinished upload, a complete answers the same).
 * Throws DAEMON_UNREACHABLE when patience ends, the signal's reason when it aborts.
 */
export async function gotRequest(backoff: Backoff): Promise<Request> {
  const { got } = await import('got');
  const client = got.extend({
    throwHttpErrors: false,
    followRedirect: false,
    retry: {
      limit: backoff.retries,
      methods: ['GET', 'POST', 'DELETE'],
      statusCodes: passingStatusCodes,
      backoffLimit: backoff.longestPauseMs,
    },
  });
  return async (request) => {
    try {
      const answer = await client(request.url, await gotOptions(request));
      return { status: answer.statusCode, text: answer.body } satisfies ApiResponse;
    } catch (error) {
      request.signal.throwIfAborted();
      throw unreachable(request.url, (error as RequestError).cause ?? error);
    }
  };
}

async function gotOptions(request: ApiRequest) {
  const { trust } = request;
  return {
    method: request.method,
    headers: { ...request.headers },
    signal: request.signal,
    timeout: { socket: request.idleMs },
    ...(trust === undefined ? {} : { agent: { https: await agentFor(trust) } }),
    ...(request.body === undefined ? {} : { body: request.body }),
  };
}
