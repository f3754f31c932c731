import type { IncomingMessage } from 'node:http';
import { KdramaError } from '../../../shared/errors.js';
import { interruptible } from '../../uploads/interruptible.js';

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
 * The whole body in one buffer. Throws BODY_TOO_LARGE before reading more than allowed,
 * REQUEST_TIMEOUT when it takes too long, VALIDATION_FAILED when the client goes away.
 */
export async function readBody(incoming: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const announced = announcedBytes(incoming);
  if ((announced ?? 0) > limits.maxBytes) throw tooLarge(limits.maxBytes);
  const slow = new AbortController();
  const timer = setTimeout(() => slow.abort(tooSlow(limits.timeLimitMs)), limits.timeLimitMs);
  const pieces = interruptible(bodyPieces(incoming), slow.signal);
  try {
    return announced === undefined
      ? await collect(pieces, limits.maxBytes)
      : await fill(pieces, Buffer.allocUnsafe(announced));
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

async function fill(pieces: AsyncIterable<Buffer>, whole: Buffer): Promise<Buffer> {
  let filled = 0;
  for await (const piece of pieces) filled += piece.copy(whole, filled);
  if (filled < whole.length) throw new Error(`expected ${whole.length} bytes, got ${filled}`);
  return whole;
}

async function collect(pieces: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const collected: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    collected.push(piece);
  }
  return Buffer.concat(collected);
}

function tooSlow(timeLimitMs: number): KdramaError {
  return new KdramaError('REQUEST_TIMEOUT', `expected the whole body in ${timeLimitMs / 1000} s`);
}

function tooLarge(maxBytes: number): KdramaError {
  return new KdramaError('BODY_TOO_LARGE', `expected at most ${maxBytes} bytes`);
}
