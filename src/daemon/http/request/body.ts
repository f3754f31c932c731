import type { IncomingMessage } from 'node:http';
import { KdramaError } from '../../../shared/errors.js';

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

/**
 * The whole body in one buffer. Throws BODY_TOO_LARGE before reading more than allowed and
 * VALIDATION_FAILED when it takes too long or the client goes away.
 */
export async function readBody(incoming: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const announced = announcedBytes(incoming);
  if ((announced ?? 0) > limits.maxBytes) throw tooLarge(limits.maxBytes);
  const timer = setTimeout(() => incoming.destroy(new Error('too slow')), limits.timeLimitMs);
  try {
    return announced === undefined
      ? await collect(incoming, limits.maxBytes)
      : await fill(incoming, Buffer.allocUnsafe(announced));
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

async function fill(incoming: IncomingMessage, whole: Buffer): Promise<Buffer> {
  let filled = 0;
  for await (const piece of bodyPieces(incoming)) filled += piece.copy(whole, filled);
  if (filled < whole.length) throw new Error(`expected ${whole.length} bytes, got ${filled}`);
  return whole;
}

async function collect(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of bodyPieces(incoming)) {
    bytes += piece.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function tooLarge(maxBytes: number): KdramaError {
  return new KdramaError('BODY_TOO_LARGE', `expected at most ${maxBytes} bytes`);
}
