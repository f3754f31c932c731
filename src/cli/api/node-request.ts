import * as http from 'node:http';
import type { ApiRequest, ApiResponse, Request } from './request.js';
import { agentFor } from './trust.js';
import { unreachable } from './unreachable.js';

/**
 * Requests on node:http alone, for the commands that must start fast (got costs 80 ms). Throws
 * DAEMON_UNREACHABLE when there is no answer, the signal's reason when it aborts.
 */
export const nodeRequest: Request = async (request) => {
  const isTls = request.url.startsWith('https:');
  const client = isTls ? await import('node:https') : http;
  const agent = isTls && request.trust !== undefined ? await agentFor(request.trust) : undefined;
  try {
    return await exchange(client.request, request, agent);
  } catch (error) {
    request.signal.throwIfAborted();
    throw unreachable(request.url, error);
  }
};

function exchange(
  send: typeof http.request,
  request: ApiRequest,
  agent: http.Agent | undefined,
): Promise<ApiResponse> {
  const { method, url, headers, body, signal, idleMs } = request;
  return new Promise((resolve, reject) => {
    const outgoing = send(url, { method, headers, signal, ...(agent && { agent }) }, (incoming) => {
      readText(incoming).then(
        (text) => resolve({ status: incoming.statusCode ?? 0, text }),
        reject,
      );
    });
    outgoing.setTimeout(idleMs, () => {
      outgoing.destroy(new Error(`no answer for ${idleMs / 1000} s`));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** All of an answer. */
export async function readText(incoming: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
