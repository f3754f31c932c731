import * as http from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { UploadAccepted, VideoMetadata } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import type { Server } from '../api/client.js';
import { readText } from '../api/node-request.js';
import { errorOfAnswer } from '../api/remote-error.js';
import type { ApiResponse } from '../api/request.js';
import { agentFor } from '../api/trust.js';
import { unreachable } from '../api/unreachable.js';

export interface StreamUpload {
  readonly server: Server;
  readonly signal: AbortSignal;
  /** The file's name, as far as a stream has one. */
  readonly name: string;
  readonly source: NodeJS.ReadableStream;
}

/**
 * Sends what comes from a stream as one request of unknown length. It cannot be sent again, so nothing
 * is tried twice; what is cut off leaves nothing behind. Throws FILE_UNREADABLE, the daemon's own
 * errors, DAEMON_UNREACHABLE, the signal's reason.
 */
export async function sendStream(
  upload: StreamUpload,
  metadata: VideoMetadata,
  onBytes: (bytes: number) => void,
): Promise<{ videoId: string; jobId: string }> {
  const query = new URLSearchParams({ filename: upload.name });
  for (const [key, value] of Object.entries(metadata)) query.set(key, String(value));
  const answer = await exchange(
    `${upload.server.url}/api/v1/upload?${query.toString()}`,
    upload,
    onBytes,
  );
  if (answer.status !== 202) throw errorOfAnswer(answer);
  const { videoId, transcodingJobId } = JSON.parse(answer.text) as UploadAccepted;
  return { videoId, jobId: transcodingJobId };
}

async function exchange(
  url: string,
  { server, signal, source }: StreamUpload,
  onBytes: (bytes: number) => void,
): Promise<ApiResponse> {
  const client = url.startsWith('https:') ? await import('node:https') : http;
  const agent = server.trust && { agent: await agentFor(server.trust) };
  const authorization = server.token !== undefined && { authorization: `Bearer ${server.token}` };
  const headers = { accept: 'application/json', ...authorization };
  const outgoing = client.request(url, { method: 'PUT', headers, signal, ...agent });
  const answer = answerOf(outgoing);
  const sent = pipeline(source, counting(onBytes), outgoing);
  try {
    // A refusal comes before everything was sent: then the rest is not read any more.
    return await Promise.race([answer, sent.then(() => answer)]);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KdramaError) throw error;
    throw unreachable(url, error);
  } finally {
    outgoing.destroy();
    await sent.catch(() => undefined);
  }
}

async function answerOf(outgoing: http.ClientRequest): Promise<ApiResponse> {
  const incoming = await new Promise<http.IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
  });
  return { status: incoming.statusCode ?? 0, text: await readText(incoming) };
}

function counting(onBytes: (bytes: number) => void) {
  return async function* (source: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
    let bytes = 0;
    try {
      for await (const piece of source as AsyncIterable<Buffer>) {
        onBytes((bytes += piece.length));
        yield piece;
      }
    } catch (cause) {
      throw new KdramaError('FILE_UNREADABLE', 'standard input', { cause });
    }
  };
}
