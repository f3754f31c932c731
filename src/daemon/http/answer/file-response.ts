import type { Context } from 'hono';
import { byteStream } from '../../streaming/byte-stream.js';
import { demandSize, openRegularFile, readPieces, readRange } from '../../streaming/file-bytes.js';
import { sendRepresentation, type Body, type Representation } from './representation.js';

/** One write from memory is three to five times as fast as a stream of pieces; a client that stops reading holds no more. */
const wholeInMemoryBytes = 512 * 1024;

export interface FileAnswer extends Representation {
  readonly path: string;
  /** What the database says; a file of another size is damaged and not sent. */
  readonly sizeBytes?: number;
}

/**
 * Answers with a file: 200, 206, 304; HEAD; single ranges, suffix ranges, If-Range, If-None-Match.
 * Never follows a symlink. Throws NOT_FOUND, RANGE_NOT_SATISFIABLE, INTERNAL (other size than known).
 */
export async function sendFile(c: Context, answer: FileAnswer): Promise<Response> {
  const { handle, sizeBytes } = await openRegularFile(answer.path);
  let handedOn = false;
  try {
    if (answer.sizeBytes !== undefined) demandSize(sizeBytes, answer.sizeBytes);
    return await sendRepresentation(c, answer, sizeBytes, async (start, end): Promise<Body> => {
      if (end - start <= wholeInMemoryBytes) return readRange(handle, start, end);
      handedOn = true;
      return byteStream(readPieces(handle, start, end), () => handle.close());
    });
  } finally {
    if (!handedOn) await handle.close();
  }
}

/** Answers with computed bytes, with the same rules for ranges and conditions as a file. */
export function sendBytes(
  c: Context,
  answer: Representation & { readonly bytes: Uint8Array<ArrayBuffer> },
): Promise<Response> {
  const { bytes } = answer;
  return sendRepresentation(c, answer, bytes.length, (start, end) => bytes.subarray(start, end));
}
