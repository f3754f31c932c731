import type { IncomingMessage } from 'node:http';
import { KdramaError } from '../../../shared/errors.js';
import { interruptible } from '../../uploads/interruptible.js';
import type { Pieces } from '../../uploads/pieces.js';
import { gatherPieces } from './gather-pieces.js';

export interface BodyLimits {
  readonly maxBytes: number;
  /** For the whole body, so that nobody holds a buffer by sending a byte a minute. */
  readonly timeLimitMs: number;
}

/** The size a request announces, or undefined. */
export function announcedBytes(incoming: IncomingMessage): number | undefined {
  const text = incoming.headers['content-length'];
  return text === undefined ? undefined : Number(text);
}

/** The whole body in one buffer. Throws as readPieces does. */
export async function readBody(incoming: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  return Buffer.concat(await readPieces(incoming, limits));
}

/**
 * The whole body as it came. Throws BODY_TOO_LARGE before reading more than allowed, REQUEST_TIMEOUT
 * when it takes too long, VALIDATION_FAILED when the client goes away.
 */
export async function readPieces(
  incoming: IncomingMessage,
  { maxBytes, timeLimitMs }: BodyLimits,
): Promise<Pieces> {
  if ((announcedBytes(incoming) ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const slow = new AbortController();
  const timer = setTimeout(() => slow.abort(tooSlow(timeLimitMs)), timeLimitMs);
  try {
    const pieces = interruptible(bodyPieces(incoming), slow.signal);
    return await gatherPieces(pieces, maxBytes, () => tooLarge(maxBytes));
  } catch (error) {
    if (error instanceof KdramaError) throw error;
    throw new KdramaError('VALIDATION_FAILED', 'the body ended early', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** Pieces of a body. Leaving the loop early leaves the connection open for the answer. */
export function bodyPieces(incoming: IncomingMessage): AsyncIterable<Buffer> {
  const iterator = incoming.iterator({ destroyOnReturn: false });
  return { [Symbol.asyncIterator]: () => iterator };
}

function tooSlow(timeLimitMs: number): KdramaError {
  return new KdramaError('REQUEST_TIMEOUT', `expected the whole body in ${timeLimitMs / 1000} s`);
}

function tooLarge(maxBytes: number): KdramaError {
  return new KdramaError('BODY_TOO_LARGE', `expected at most ${maxBytes} bytes`);
}
