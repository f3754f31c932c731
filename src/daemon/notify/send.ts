import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { KdramaError } from '../../shared/errors.js';
import type { Clock } from '../clock.js';
import { isSuccess, retryAfterMs, type Sent } from './retry.js';
import type { Address } from './target.js';

export interface WebhookRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** More of an answer is not read; none of it is kept. */
const mostAnswerBytes = 64 * 1024;

/**
 * One request to exactly these addresses, on a connection of its own. Redirects are not followed:
 * they would lead where nobody has looked. Never rejects.
 */
export async function send(
  { url, method, headers, body }: WebhookRequest,
  addresses: readonly Address[],
  signal: AbortSignal,
  clock: Pick<Clock, 'now'>,
): Promise<Sent> {
  const start = url.protocol === 'https:' ? requestHttps : requestHttp;
  const options: RequestOptions = {
    method,
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    agent: false,
    lookup: pinnedTo(addresses),
    signal,
  };
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = start(url, options, resolve);
      outgoing.on('error', reject);
      outgoing.end(body);
    });
    await drop(response);
    return sentOf(response, clock.now());
  } catch (error) {
    return { status: null, error: wordsOf(error, signal), retryAfterMs: null };
  }
}

/** Whoever asks for the name gets what was checked. */
function pinnedTo(addresses: readonly Address[]): LookupFunction {
  const [first] = addresses;
  return (_host, { all }, callback) => {
    if (all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}

/** The status is the answer; a body that hangs or never ends changes nothing. */
function drop(response: IncomingMessage): Promise<void> {
  let bytes = 0;
  return new Promise((resolve) => {
    response.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > mostAnswerBytes) response.destroy();
    });
    response.on('error', () => resolve());
    response.on('close', () => resolve());
  });
}

function sentOf({ statusCode = 0, headers }: IncomingMessage, now: number): Sent {
  const isRedirect = statusCode >= 300 && statusCode <= 399;
  const words = isRedirect
    ? `HTTP ${statusCode}, redirects are not followed`
    : `HTTP ${statusCode}`;
  return {
    status: statusCode,
    error: isSuccess(statusCode) ? null : words,
    retryAfterMs: retryAfterMs(headers['retry-after'], now),
  };
}

/** Without the URL, which may hold a secret. */
export function wordsOf(error: unknown, signal?: AbortSignal): string {
  if (signal?.aborted === true) {
    const { name } = signal.reason as Error;
    return name === 'TimeoutError' ? 'no answer in time' : 'the daemon stopped';
  }
  if (error instanceof KdramaError) return error.message;
  const { code, message, errors } = error as NodeJS.ErrnoException & { errors?: Error[] };
  return code ?? (errors?.[0] === undefined ? message : wordsOf(errors[0]));
}
